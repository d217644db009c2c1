/** A reason why the hub cannot start, in one line for the person who started it. */
export class StartError extends Error {}

/** A setting that cannot be used. */
export class ConfigError extends StartError {}

/** Somebody else works with the data folder. */
export class FolderTaken extends StartError {}
