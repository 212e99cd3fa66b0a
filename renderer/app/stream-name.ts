import { useLive } from '../store/live.ts';
import { useTexts } from '../ui/language.ts';
import { texts } from './texts.ts';

/** What a stream carries, in words. */
export function useStreamName(): (stream: string) => string {
  const t = useTexts(texts);
  const regions = useLive(async (local) => new Map((await local.all('regions')).map((row) => [row.id, row.name])), []);
  return (stream) => {
    if (stream === 'city') return t('streamCity');
    if (stream.startsWith('u:')) return t('streamMine');
    return t(stream.startsWith('s:') ? 'streamSupervisor' : 'streamDistrict', {
      name: regions?.get(stream.slice(2)) ?? t('thisDistrict'),
    });
  };
}
