"""The core: values in, values out; no clock, no disk, no terminal."""
