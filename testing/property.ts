import fc from 'fast-check';

/**
 * fast-check with a seed that stands still, so that one commit always gives one result.
 * `PROPERTY_SEED=NUMBER npm test -- PATH` looks for what the usual samples do not find.
 */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_260_101) });

export { fc };
