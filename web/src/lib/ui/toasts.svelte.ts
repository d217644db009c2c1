export interface ToastMessage {
  id: number;
  words: string;
  meaning: 'good' | 'danger';
  undo?: () => void;
}

class Toasts {
  list = $state<ToastMessage[]>([]);
  #next = 1;

  /** Shows a message: 6 seconds, 12 with an undo; a failure stays until it is closed. */
  show(words: string, options: { meaning?: 'good' | 'danger'; undo?: () => void } = {}): void {
    const id = this.#next++;
    const meaning = options.meaning ?? 'good';
    this.list.push({ id, words, meaning, ...(options.undo ? { undo: options.undo } : {}) });
    if (meaning === 'good') setTimeout(() => this.close(id), options.undo ? 12_000 : 6000);
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
