import type { Random } from './random.ts';

const SURNAMES = Array.from(
  '王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武戴莫孔向汤',
);
const GIVEN = Array.from(
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国文辉力梅鑫燕玲海峰志兰晓云波宁斌亮成健新民东升庆春林雪梦佳欣怡嘉宇浩然晨阳',
);

/** A made-up name. */
export const personName = (random: Random): string =>
  random.pick(SURNAMES) + random.pick(GIVEN) + (random.chance(0.6) ? random.pick(GIVEN) : '');

/** Eleven digits of the shape of a mobile number, in the 140 range that no person is given. */
export const mobileNumber = (random: Random): string => `140${String(random.int(0, 99_999_999)).padStart(8, '0')}`;
