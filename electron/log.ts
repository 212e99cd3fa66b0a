/**
 * One line of JSON per event on standard error, where the shell that started the workstation collects it.
 * Holds kinds and origins; never arguments, file names or texts an officer wrote.
 */
export function logHost(event: string, about: Readonly<Record<string, unknown>> = {}): void {
  const { error, ...rest } = about;
  const defect = error instanceof Error && error.name !== 'Fault' ? { defect: error.stack } : {};
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...rest, ...defect })}\n`);
}
