/** Accounts that the documents and the journeys sign in with. They belong to the demonstration city and to no real person. */
export interface DemoAccount {
  readonly account: string;
  readonly officerId: string;
  readonly districtId: string;
  readonly is: string;
}

/** One password for every account of the demonstration city. */
export const DEMO_PASSWORD = 'Shian-Demo-2022';

/** An account is the officer's id without its `o-`. */
export const officerIdOf = (account: string): string => `o-${account}`;

const demo = (account: string, districtId: string, is: string): DemoAccount => ({
  account,
  officerId: officerIdOf(account),
  districtId,
  is,
});

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  demo('chengguan01', '620102', '城关区酒泉路所监管人员'),
  demo('chengguan02', '620102', '城关区酒泉路所监管人员'),
  demo('chengguan-grid01', '620102', '城关区酒泉路所网格员'),
  demo('chengguan-head', '620102', '城关区酒泉路所所长'),
  demo('chengguan-admin', '620102', '城关区局管理员'),
  demo('city01', '620100', '市局'),
];
