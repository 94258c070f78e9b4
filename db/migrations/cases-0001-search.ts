/** Tables whose texts are looked through: the expression that names a row, and which rows where it is not all. */
const sources: readonly (readonly [kind: string, table: string, name: string, only?: string])[] = [
  ['case', 'cases', 'id'],
  ['notice', 'notices', 'id'],
  ['minutes', 'minutes_sentences', "minutes_id || '/' || {row}.id"],
  ['compilation', 'compilations', 'id'],
  ['document', 'rectification_documents', 'id'],
  ['attachment', 'papers', 'id', "{row}.kind = 'attachment'"],
  ['utterance', 'utterances', 'id'],
]

function rowOf(act: string): 'NEW' | 'OLD' {
  return act === 'DELETE' ? 'OLD' : 'NEW'
}

function reference(row: 'NEW' | 'OLD', name: string): string {
  return `${row}.${name.replace('{row}', row)}`
}

function mark(kind: string, table: string, name: string, only?: string): string {
  const stale = (row: 'NEW' | 'OLD'): string =>
    `INSERT INTO search_stale (kind, ref) VALUES ('${kind}', ${reference(row, name)}) ON CONFLICT DO NOTHING;`
  return ['INSERT', 'UPDATE', 'DELETE']
    .map(
      (act) => `CREATE TRIGGER search_${table}_${act.toLowerCase()} AFTER ${act} ON ${table}
${only === undefined ? '' : `WHEN ${only.replace('{row}', rowOf(act))} `}BEGIN ${stale(rowOf(act))} END;`,
    )
    .join('\n')
}

/**
 * The full-text index. It holds terms, no texts: what is shown is read from the tables themselves, so that nothing is
 * shown that has been changed since. Whatever changes a text marks it stale in the same transaction; the next search
 * writes its terms anew. A rowid is the number of the holder (a case, or a compilation of several) followed by a number
 * inside it (24 bits), so that a 知悉范围 is a list of ranges and the newest come first. DO NOTHING and not OR IGNORE: an upsert that fires a trigger
 * overrules the latter.
 */
export const searchTables = `
CREATE TABLE search_holders (
  no INTEGER PRIMARY KEY,
  holder_id TEXT NOT NULL UNIQUE,
  next INTEGER NOT NULL
) STRICT;

CREATE TABLE search_texts (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,
  UNIQUE (kind, ref)
) STRICT;

CREATE TABLE search_stale (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,
  UNIQUE (kind, ref)
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 (
  one, two, kind, content = '', contentless_delete = 1, tokenize = 'ascii'
);
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);

${sources.map((source) => mark(...source)).join('\n')}
CREATE TRIGGER search_case_enterprises AFTER INSERT ON case_enterprises
BEGIN INSERT INTO search_stale (kind, ref) VALUES ('case', NEW.case_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_case_people AFTER INSERT ON case_people
BEGIN INSERT INTO search_stale (kind, ref) VALUES ('case', NEW.case_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_case_links AFTER INSERT ON case_links
BEGIN INSERT INTO search_stale (kind, ref) VALUES ('case', NEW.case_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_numbers_insert AFTER INSERT ON numbers WHEN NEW.compilation_id IS NOT NULL
BEGIN INSERT INTO search_stale (kind, ref) VALUES ('compilation', NEW.compilation_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_numbers_update AFTER UPDATE ON numbers WHEN NEW.compilation_id IS NOT NULL
BEGIN INSERT INTO search_stale (kind, ref) VALUES ('compilation', NEW.compilation_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_enterprises AFTER UPDATE OF name, short_name, pinyin ON enterprises
BEGIN
  INSERT INTO search_stale (kind, ref)
    SELECT 'case', case_id FROM case_enterprises WHERE enterprise_id = NEW.id ON CONFLICT DO NOTHING;
  INSERT INTO search_stale (kind, ref)
    SELECT 'notice', id FROM notices WHERE enterprise_id = NEW.id ON CONFLICT DO NOTHING;
  INSERT INTO search_stale (kind, ref)
    SELECT DISTINCT 'compilation', c.id FROM compilations c, json_tree(c.subject) t WHERE t.atom = NEW.id
    ON CONFLICT DO NOTHING;
END;
`
