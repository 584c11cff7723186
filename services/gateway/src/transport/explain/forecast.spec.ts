import { validationPipe } from '../http/validation.js';
import { ForecastDto } from './forecast.controller.js';

describe('What a forecast is asked', () => {
  const checked = (body: object): Promise<ForecastDto> =>
    validationPipe().transform(body, { type: 'body', metatype: ForecastDto });

  it('may be nothing at all (F044)', async () => {
    expect(await checked({})).toMatchObject({ days: 35, seed: '' });
  });

  it('is refused with shares that are none (M3)', async () => {
    await expect(checked({ acceptPercent: 101 })).rejects.toThrow();
    await expect(checked({ replyPercent: -1 })).rejects.toThrow();
  });
});
