import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { ServiceContext } from '@overture/service-kit';
import { openApiDocument } from './openapi.js';
import type { gatewaySettings } from './settings.js';
import { useBodyParsers } from './transport/http/body-parsers.js';
import { ProblemFilter } from './transport/http/problem.filter.js';
import { useRequestLog } from './transport/http/request-log.js';
import { validationPipe } from './transport/http/validation.js';

type Context = Pick<ServiceContext<typeof gatewaySettings>, 'config' | 'logger'>;

/** Everything of the HTTP application that is no route. */
export async function configure(app: NestFastifyApplication, context: Context): Promise<void> {
  const { logger, config } = context;
  useBodyParsers(app);
  await app.register(helmet, { contentSecurityPolicy });
  await app.register(multipart, {
    limits: { files: 1, fields: 10, fieldSize: 20_000, fileSize: config.IMPORT_BYTES_MAX + 1 },
    throwFileSizeLimit: false,
  });
  useRequestLog(app, logger);
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useGlobalPipes(validationPipe());
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Overture API',
  });
}

const contentSecurityPolicy = {
  directives: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    styleSrc: ["'self'", "'unsafe-inline'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  },
};
