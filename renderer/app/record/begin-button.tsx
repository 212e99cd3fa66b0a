import { Button, type ButtonProps } from 'antd';
import { useEngineStatus } from '../../sync/client.ts';
import { useWord } from '../../ui/language.ts';
import { FAULT_TEXT } from '../fault-text.ts';

/** Begins new work; with a program that is too old it cannot be pressed and says why. */
export function BeginButton(props: ButtonProps) {
  const word = useWord();
  const { program } = useEngineStatus();
  if (program.age !== 'tooOld') return <Button {...props} />;
  return <Button {...props} disabled title={word(FAULT_TEXT.programTooOld.what)} />;
}
