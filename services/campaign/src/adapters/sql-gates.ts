import type { Clock } from '@overture/kernel';
import type { Scope } from '../app/scope.js';
import { Gates, type Gate, type GateName } from '../app/tables.js';
import { fromRow, fromRows, insertRows } from './rows.js';

const columns = 'g.kind, g.gate_id, g.open, g.cause, g.epoch';

export class SqlGates extends Gates {
  constructor(private readonly clock: Pick<Clock, 'now'>) {
    super();
  }

  override async ensure({ tx, tenantId }: Scope, names: readonly GateName[]): Promise<void> {
    const changedAt = this.clock.now();
    const rows = names.map(({ kind, gateId }) => ({
      tenantId,
      kind,
      gateId,
      open: true,
      changedAt,
    }));
    await insertRows(
      tx,
      'gates',
      rows.map((row) => ({ ...row, cause: '', epoch: 0 })),
    );
  }

  override async lock(scope: Scope, name: GateName): Promise<Gate> {
    await this.ensure(scope, [name]);
    const { rows } = await scope.tx.query(
      `select ${columns} from gates g
       where tenant_id = $1 and kind = $2 and gate_id = $3 for update`,
      [scope.tenantId, name.kind, name.gateId],
    );
    return fromRow<Gate>(rows[0] as object);
  }

  override async set({ tx, tenantId }: Scope, gate: Gate): Promise<void> {
    const { kind, gateId, open, cause, epoch } = gate;
    await tx.query(
      `update gates set open = $4, cause = $5, epoch = $6, changed_at = $7
       where tenant_id = $1 and kind = $2 and gate_id = $3`,
      [tenantId, kind, gateId, open, cause, epoch, this.clock.now()],
    );
  }

  override async closed(scope: Scope, names: readonly GateName[]): Promise<readonly Gate[]> {
    return (await this.read(scope, names, '')).filter(({ open }) => !open);
  }

  // In the order of the key, so that two who hold several rows never wait for each other in a circle.
  override hold(scope: Scope, names: readonly GateName[]): Promise<readonly Gate[]> {
    return this.read(scope, names, 'for share');
  }

  private async read({ tx, tenantId }: Scope, names: readonly GateName[], lock: string) {
    const result = await tx.query(
      `select ${columns} from gates g
       where g.tenant_id = $1 and (g.kind, g.gate_id) in (select * from unnest($2::text[], $3::text[]))
       order by g.kind, g.gate_id ${lock}`,
      [tenantId, names.map(({ kind }) => kind), names.map(({ gateId }) => gateId)],
    );
    return fromRows<Gate>(result);
  }
}
