/** The eight district bureaus and what each supervises, by the figures of 2022-06-15 (小饭桌 2,189; 透明车间 291; 阳光仓储 963; 明厨亮灶 10,055). */
export interface Figures {
  readonly careTable: number;
  readonly producer: number;
  readonly warehouse: number;
  /** Caterers with a bright kitchen, school canteens counted among them. */
  readonly catering: number;
}

export interface District {
  readonly code: string;
  readonly name: string;
  /** Leading part of accounts. */
  readonly pinyin: string;
  /** 机关代字 of its documents. */
  readonly shortName: string;
  /** Market-supervision stations, each for one to four streets. */
  readonly stations: number;
  readonly figures: Figures;
}

const district = (
  code: string,
  name: string,
  pinyin: string,
  shortName: string,
  stations: number,
  [careTable, producer, warehouse, catering]: readonly [number, number, number, number],
): District => ({ code, name, pinyin, shortName, stations, figures: { careTable, producer, warehouse, catering } });

export const CHENGGUAN = district('620102', '城关区', 'chengguan', '兰城', 24, [963, 41, 366, 4022]);

export const DISTRICTS: readonly District[] = [
  CHENGGUAN,
  district('620103', '七里河区', 'qilihe', '兰七', 12, [416, 41, 173, 1709]),
  district('620104', '西固区', 'xigu', '兰西', 8, [241, 23, 87, 1005]),
  district('620105', '安宁区', 'anning', '兰安', 7, [285, 23, 106, 1207]),
  district('620111', '红古区', 'honggu', '兰红', 5, [87, 17, 39, 402]),
  district('620121', '永登县', 'yongdeng', '永', 12, [87, 82, 77, 704]),
  district('620122', '皋兰县', 'gaolan', '皋', 3, [33, 23, 38, 302]),
  district('620123', '榆中县', 'yuzhong', '榆', 14, [77, 41, 77, 704]),
];
