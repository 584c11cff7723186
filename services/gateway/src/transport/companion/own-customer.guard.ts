import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { NotFoundError } from '@overture/kernel';
import { callerOf, requestOf } from '../http/caller.js';

/** The customer in the path is the workspace of the key; any other looks like one that does not exist (S3-49). */
@Injectable()
export class OwnCustomerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { customerId = '' } = requestOf(context).params as { customerId?: string };
    if (customerId === callerOf(context).tenantId) return true;
    throw new NotFoundError('customer', '?');
  }
}
