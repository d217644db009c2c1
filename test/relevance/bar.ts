import MiniSearch from 'minisearch';

/** What both engines are held against: MiniSearch over the same rows, as it is commonly set up. */
export interface BarRow {
  id: string;
  name: string;
  alternateName: string;
  organizationName: string;
  keywords: string;
  summary: string;
}

export function miniSearch(rows: readonly BarRow[]): (text: string, limit: number) => Promise<string[]> {
  const index = new MiniSearch<BarRow>({
    fields: ['name', 'alternateName', 'organizationName', 'keywords', 'summary'],
    searchOptions: { fuzzy: 0.2, prefix: true, boost: { name: 3 } },
  });
  index.addAll(rows);
  return (text, limit) =>
    Promise.resolve(
      index
        .search(text)
        .slice(0, limit)
        .map(({ id }) => String(id)),
    );
}
