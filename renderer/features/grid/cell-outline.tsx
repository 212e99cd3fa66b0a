import { useMemo } from 'react';
import type { RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';
import { useTexts } from '../../ui/language.ts';
import { outlineOf } from './outline.ts';
import { texts } from './texts.ts';
import './grid.css';

const SIZE = 400;

interface Props {
  readonly cell: RowFor<'gridCells'>;
  readonly onShow: (id: string) => void;
}

/** The cell among the cells of its district, from their real polygons. The list is the way by keyboard. */
export function CellOutline({ cell, onShow }: Props) {
  const t = useTexts(texts);
  const shapes = useLive(
    async (local) =>
      (await local.all('gridCells')).map(({ id, polygon, districtId }) => ({ id, districtId, rings: polygon ?? [] })),
    [],
  );
  const outline = useMemo(
    () => outlineOf(shapes?.filter((shape) => shape.districtId === cell.districtId) ?? [], SIZE),
    [shapes, cell.districtId],
  );
  if (cell.polygon === null) return <p className="secondary">{t('noOutline')}</p>;
  if (outline === null) return null;
  const here = outline.paths.find((path) => path.id === cell.id);
  return (
    <figure className="outline">
      <svg viewBox={outline.viewBox} role="img" aria-label={t('outline', { name: cell.name })}>
        {outline.paths.map((path) => (
          <path key={path.id} d={path.d} className="outline-cell" onClick={() => onShow(path.id)} />
        ))}
        {here && <path d={here.d} className="outline-here" />}
      </svg>
      <figcaption className="secondary">{t('outlineNote')}</figcaption>
    </figure>
  );
}
