import type { EngineStatus } from '../sync/engine-api.ts';
import { useLive } from '../store/live.ts';
import { OfficerMenu } from './officer-menu.tsx';
import { useMe } from './record/me.ts';
import { SearchBox } from './search-box.tsx';

/** Where one works, the one search box, and who one is. */
export function TopBar({ status }: { readonly status: EngineStatus }) {
  const me = useMe();
  const place = useLive(
    async (local) => {
      const officer = await local.get('officers', me.officerId);
      const body = officer && (await local.get('orgUnits', officer.orgUnitId));
      const district = await local.get('regions', me.districtId);
      return [district?.name, body?.name].filter(Boolean).join(' · ');
    },
    [me.officerId, me.districtId],
  );
  return (
    <header className="top-bar">
      <span className="place" title={place}>
        {place}
      </span>
      <SearchBox />
      <OfficerMenu name={me.name} waiting={status.waiting} />
    </header>
  );
}
