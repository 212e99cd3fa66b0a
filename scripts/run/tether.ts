/** Loaded into every process we start: when the one that started it is gone, however it went, it stops as if it had been told to. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
