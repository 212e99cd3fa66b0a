import { type Place, shortName } from './geography.ts';
import { randomOf } from './random.ts';
import type { SubjectKind } from './spread.ts';

const FIRST = Array.from('金陇兰青河云泉柳瑞丰和福');
const SECOND = Array.from('源味苑香岸塬禾坊轩园谷泽');
const DISHES =
  '牛肉面馆 羊肉馆 砂锅粉 麻辣烫 火锅店 家常菜馆 川菜馆 清真餐厅 饺子馆 凉皮店 烤肉店 快餐店 炒面片馆 烩面馆 早餐店 小吃店 甜醅灰豆店 茶餐厅 面包房 米线店 炸鸡店 奶茶店 酒家 食府'.split(
    ' ',
  );
const CARE = '小饭桌 托管中心 午托部 学生之家 托辅中心 爱心餐桌'.split(' ');
const PRODUCTS = '面粉 乳品 饮料 糕点 调味品 肉制品 粮油 百合制品 豆制品 速冻食品 酱菜 果蔬'.split(' ');
const STORES = '冷链仓储 食品仓储 粮油储运 冷库 供应链 食品配送'.split(' ');
const SCHOOLS = '小学 中学 实验小学 幼儿园 职业学校 第二小学'.split(' ');

/** A prime that divides no number of combinations: a walk by this step meets each of them once. */
const STEP = 1009;

type Words = { readonly district: string; readonly street: string };

interface Naming {
  /** Within what no name is given twice. */
  readonly within: keyof Words;
  readonly tails: readonly string[];
  readonly shape: (own: string, words: Words) => string;
}

const company = (tails: readonly string[]): Naming => ({
  within: 'district',
  tails,
  shape: (own, { district }) => `${district}${own}有限公司(演示)`,
});

const NAMINGS: Readonly<Record<SubjectKind, Naming>> = {
  caterer: { within: 'street', tails: DISHES, shape: (own, { street }) => `${own}${street}店(演示)` },
  careTable: { within: 'street', tails: CARE, shape: (own, { street }) => `${street}${own}(演示)` },
  canteen: { within: 'street', tails: SCHOOLS, shape: (own, { street }) => `${street}${own}食堂(演示)` },
  producer: company(PRODUCTS),
  warehouse: company(STORES),
};

/** Made-up names, none twice in a district. Only the 演示 in them tells them from a real business, so every one has it. */
export function namer(district: Place): (kind: SubjectKind, street: Place) => string {
  const given = new Map<string, number>();
  return (kind, street) => {
    const { within, tails, shape } = NAMINGS[kind];
    const key = `${kind} ${within === 'street' ? street.code : district.code}`;
    const n = given.get(key) ?? randomOf(`names ${key}`).int(0, 10_000);
    given.set(key, n + 1);
    const at = (n * STEP) % (FIRST.length * SECOND.length * tails.length);
    const rest = Math.floor(at / FIRST.length);
    const own = `${FIRST[at % FIRST.length]}${SECOND[rest % SECOND.length]}${tails[Math.floor(rest / SECOND.length)]}`;
    return shape(own, { district: shortName(district.name), street: shortName(street.name) });
  };
}

/** Real streets of each district, for addresses; the house numbers are made up. */
const ROADS: Readonly<Record<string, readonly string[]>> = {
  '620102':
    '张掖路 庆阳路 中山路 静宁路 民主东路 东岗西路 东岗东路 天水北路 天水南路 定西路 平凉路 皋兰路 酒泉路 南滨河东路 北滨河中路 雁滩路 雁西路 甘南路 嘉峪关路 段家滩路 白银路 永昌路 和政路 渭源路 靖远路'.split(
      ' ',
    ),
  '620103': '西津东路 西津西路 建兰路 敦煌路 西站西路 南滨河中路 兰工坪路 瓜州路 彭家坪路 小西湖西街'.split(' '),
  '620104': '福利东路 福利西路 西固中路 西固东路 公园路 玉门街 合水路 庄浪西路 山丹街 临洮街'.split(' '),
  '620105': '安宁东路 安宁西路 北滨河西路 建宁东路 建宁西路 枣林路 万新路 莫高大道 银安路 桃海路'.split(' '),
  '620111': '平安路 红古路 中和街 华龙大道 窑街新街 花庄街'.split(' '),
  '620121': '胜利街 人民街 青龙路 解放街 汉唐街 纬一路'.split(' '),
  '620122': '北辰路 兰泉路 石洞东路 名藩大道'.split(' '),
  '620123': '太白东路 太白西路 一悟路 兴隆路 栖云北路 环城东路 政和路'.split(' '),
};

export const roadsOf = (district: string): readonly string[] => ROADS[district] ?? [];
