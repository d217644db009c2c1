const STORED = 'hub.list';

function stored(): string[] {
  try {
    const list: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? '[]');
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/** The services someone chose, at most 20. Gone with the tab: on a shared device nobody sees what was looked for. */
class MyList {
  ids = $state<string[]>(stored());

  has(id: string): boolean {
    return this.ids.includes(id);
  }

  toggle(id: string): void {
    this.ids = this.has(id) ? this.ids.filter((one) => one !== id) : [...this.ids, id].slice(-20);
    sessionStorage.setItem(STORED, JSON.stringify(this.ids));
  }
}

export const myList = new MyList();
