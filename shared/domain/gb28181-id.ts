/** Parts of a GB/T 28181 id of 20 digits: `62010200451327000001`. */
export interface Gb28181Id {
  readonly regionCode: string;
  readonly unit: string;
  readonly industry: string;
  /** 111 DVR, 118 NVR, 131 camera, 132 IPC, 200 signalling centre, 215 business group, 216 virtual organisation. */
  readonly type: string;
  readonly network: string;
  readonly serial: string;
}

const TYPES: readonly string[] = ['111', '118', '131', '132', '200', '215', '216'];

/** The parts, or why the id is wrong. It has no check digit. */
export function parseGb28181Id(id: string): Gb28181Id | 'pattern' | 'type' {
  if (!/^\d{20}$/.test(id)) return 'pattern';
  const type = id.slice(10, 13);
  if (!TYPES.includes(type)) return 'type';
  return {
    regionCode: id.slice(0, 6),
    unit: id.slice(6, 8),
    industry: id.slice(8, 10),
    type,
    network: id.slice(13, 14),
    serial: id.slice(14),
  };
}
