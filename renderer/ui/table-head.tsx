/** The head of a table whose columns are told apart by their names. */
export function TableHead({ columns }: { columns: readonly string[] }) {
  return (
    <thead>
      <tr>
        {columns.map((name) => (
          <th key={name}>{name}</th>
        ))}
      </tr>
    </thead>
  )
}
