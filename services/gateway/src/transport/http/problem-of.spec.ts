import { BadRequestException } from '@nestjs/common';
import { DomainError, InvalidInputError, NotFoundError, TransientError } from '@overture/kernel';
import { problemOf } from './problem-of.js';

describe('An error', () => {
  it.each([
    ['a rule that said no', new DomainError('campaign/over', 'It is over.', { a: 1 }), 409],
    ['a version that has changed', new DomainError('campaign/changed', 'Changed.'), 412],
    ['a file too large', new DomainError('import/too-large', 'Large.'), 413],
    ['input that is wrong', new InvalidInputError([{ path: '/name', message: 'Empty.' }]), 422],
    ['something that is not there', new NotFoundError('lead', '1'), 404],
    ['a part that does not answer', new TransientError('NATS: 10.0.0.1 refused'), 503],
    ['what the framework refuses', new BadRequestException('x'), 400],
    ['our own bug', new Error('password=hunter2'), 500],
  ])('of %s has its status', (_, error, status) => {
    const answer = problemOf(error);
    expect(answer.status).toBe(status);
    expect(answer.type).toBe(`urn:overture:problem:${answer.code.replaceAll('/', ':')}`);
  });

  it('names wrong fields by JSON pointers', () => {
    const error = new InvalidInputError([{ path: '/steps/0/text', message: 'Too long.' }]);
    expect(problemOf(error).errors).toEqual([{ pointer: '/steps/0/text', detail: 'Too long.' }]);
  });

  it('of ours tells nothing of our inside', () => {
    const answers = [problemOf(new Error('secret')), problemOf(new TransientError('secret'))];
    expect(JSON.stringify(answers)).not.toContain('secret');
  });
});
