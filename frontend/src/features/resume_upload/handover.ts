/** Files dropped on another page, on their way to the upload; a file cannot be put into an address. */
let waiting: File[] = [];

export function handOver(files: File[]): void {
  waiting = files;
}

export function handedOver(): File[] {
  return waiting;
}

export function forgetHandedOver(): void {
  waiting = [];
}
