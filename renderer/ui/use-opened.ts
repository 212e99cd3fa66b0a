import { useNavigate, useParams, useSearchParams } from 'react-router';

interface Opened {
  /** The record beside the list, from the address. */
  readonly id: string | undefined;
  /** Opens another one, or none; what the list was asked stays. Going back leaves the record, not the one before it. */
  readonly show: (id: string | undefined) => void;
}

/** Which record of the list at `path` stands beside it. */
export function useOpened(path: string): Opened {
  const { id } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const show = (target: string | undefined) =>
    void navigate(
      { pathname: target === undefined ? path : `${path}/${target}`, search: params.toString() },
      { replace: id !== undefined },
    );
  return { id, show };
}
