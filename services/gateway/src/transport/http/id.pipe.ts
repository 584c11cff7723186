import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { NotFoundError } from '@overture/kernel';

const shape = /^[A-Za-z0-9][A-Za-z0-9._:~-]{0,199}$/;

/** What cannot be an id of ours is as unknown as an id that nobody has. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string, { data = 'id' }: ArgumentMetadata): string {
    if (shape.test(value)) return value;
    throw new NotFoundError(data.replace(/Id$/, '') || 'resource', '?');
  }
}
