/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The maps. "cpus", "scratch" and "rings" have one entry per possible CPU: the loader sets max_entries. They are plain
 * arrays looked up by CPU number, which costs three instructions; per-CPU arrays allow only 32 KiB a value.
 */
#ifndef SYSCOPE_MAPS_H
#define SYSCOPE_MAPS_H

#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include "interface.h"
#include "scratch.h"

/* Of an own ring: a page with the position of the reader, one with that of the programs; a record has less than the slack. */
#define OWN_RING_PAGE 4096
#define OWN_RING_HEAD (2 * OWN_RING_PAGE)
#define OWN_RING_SLACK 0x21000

/* Size of the own rings less 1; 0: the rings are the kernel's. Set by the loader. */
const volatile u64 own_ring_mask = 0;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct syscope_settings);
} settings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct syscope_cpu);
} cpus SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct scratch);
} scratch SEC(".maps");

/* Events lost by event type, all CPUs together. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 512);
	__type(key, u32);
	__type(value, u64);
} lost_types SEC(".maps");

struct ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024);
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, u32);
	__array(values, struct ring);
} rings SEC(".maps");

/*
 * A ring of one CPU alone, which its programs write without locks or calls: laid out as the kernel's, with room behind it for a
 * record that goes over its end. The loader sets the size of the value.
 */
struct own_ring {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(u32));
	__uint(value_size, OWN_RING_HEAD + 4096 + OWN_RING_SLACK);
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, u32);
	__array(values, struct own_ring);
} own_rings SEC(".maps");

/* Threads in a call that needs more remembered than the time, or whose place in "entered" another one has. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__type(key, u32);
	__type(value, struct syscope_thread);
} threads SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SYSCOPE_ENTERED_SLOTS);
	__type(key, u32);
	__type(value, struct syscope_entered);
} entered SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, SYSCOPE_CALLER_SLOTS);
	__type(key, u32);
	__type(value, u64);
} callers SEC(".maps");

/* Operations of io_uring between their submission and their end, by the address of the kernel's request. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, u64);
	__type(value, struct operation);
} requests SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 32768);
	__type(key, u32);
	__type(value, u32);
} traced SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SYSCOPE_TRACED_HINTS);
	__type(key, u32);
	__type(value, u64);
} traced_hints SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SYSCOPE_MUTE_SLOTS);
	__type(key, u32);
	__type(value, struct syscope_mute);
} mutes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, SYSCOPE_SLOT_COUNT);
	__type(key, u32);
	__type(value, u32);
} exits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, SYSCOPE_SLOT_COUNT);
	__type(key, u32);
	__type(value, u32);
} enters SEC(".maps");

#endif
