/** Says why a camera does not open, and what to do, by the name of the browser's error. */
export function refusal(error: unknown): string {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError': return 'This page may not use the camera. Allow it beside the address of the page, then press the button again.'
    case 'NotFoundError':
    case 'OverconstrainedError': return 'No camera was found. Connect one, or choose a picture.'
    case 'NotReadableError':
    case 'AbortError': return 'The camera does not answer. Close other programs that use it, then press the button again.'
    default: return 'The camera cannot be used. Choose a picture instead.'
  }
}
