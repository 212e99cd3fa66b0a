import { useEffect } from 'react';
import { useNavigate, useRouteError } from 'react-router';
import { Broken } from './error-boundary.tsx';

/** What stands in place of a page that broke; navigation around it goes on working. */
export function RouteBroken() {
  const error = useRouteError();
  const navigate = useNavigate();
  useEffect(() => console.error(error), [error]);
  return <Broken error={error} onReopen={() => void navigate(0)} />;
}
