/** The peer of `verb.round-trip`: a process that sends back what it got, over the same channel, and does nothing else. */
process.on('message', (message) => process.send?.(message))
