/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The maps. "cpus", "scratch" and "rings" have one entry per possible CPU: the loader sets max_entries. They are plain
 * arrays looked up by CPU number, which costs three instructions; per-CPU arrays allow only 32 KiB a value.
 */
#ifndef SYSCOPE_MAPS_H
#define SYSCOPE_MAPS_H

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include "interface.h"

/* An event is built in the first half of EVENT_SPACE at most; a write that starts there ends inside the second half. */
#define EVENT_LIMIT 0x10000
#define EVENT_MASK (EVENT_LIMIT - 1)
#define NAME_SLOTS 64

#define COMPAT_IA32 1
#define COMPAT_TIME64 2	/* of these, the calls whose times have 64 bits */

/* struct user_msghdr, as 64-bit callers have it. */
struct message {
	u64 name, name_length, vector, count, control, control_length;
};

struct scratch {
	/* The call that is being reported, as the dispatcher found it; later programs of the tail call read it. */
	u64 ts;
	u64 enter_ts;
	u64 args[8];
	s64 ret;
	u32 tid;
	u32 cpu;
	u32 nr;
	u32 snaplen;
	u32 flags;
	u16 sc;
	u16 type;
	u8 compat;	/* COMPAT_*: a 32-bit call, pointers and longs in user memory have 4 bytes */
	u8 nargs;
	u8 texts;	/* bit i: argument i is a text */
	u8 outputs;	/* bit i: argument i is a buffer that the call has filled */
	u64 saved[2];	/* of struct syscope_thread, if has_saved */
	/* Where the writer stands: the next length and the next byte of data, counted from event. */
	u32 len_at;
	u32 data_at;
	u32 name_count;
	u32 has_saved;
	u32 strings;	/* appended to a generic event so far */
	u32 spare3;
	/* State of the loop over the pieces of a vector. */
	u32 vector_left;
	u32 vector_at;
	u64 vector_list;
	u64 vector_count;
	u64 vector_limit;
	u64 vector_total;
	struct message message;
	s64 message_length;
	/* State of the walk from a file to its root. */
	u64 walk_mount, walk_dentry, walk_root;
	u64 names[NAME_SLOTS];	/* path components, leaf first */
	struct syscope_record record;	/* goes into the ring before the event */
	u8 event[2 * EVENT_LIMIT];
};

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

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__type(key, u32);
	__type(value, struct syscope_thread);
} threads SEC(".maps");

/* An operation of io_uring between its submission and its end. */
struct request {
	u64 submit_ts;
	u64 offset;
	u32 tid;
	s32 fd;
	u32 length;
	u8 opcode;
	u8 flags;
};

/* By the address of the kernel's request. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, u64);
	__type(value, struct request);
} requests SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 32768);
	__type(key, u32);
	__type(value, u32);
} traced SEC(".maps");

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

static __always_inline struct syscope_settings *settings_get(void)
{
	u32 zero = 0;

	return bpf_map_lookup_elem(&settings, &zero);
}

static __always_inline struct syscope_cpu *cpu_get(u32 cpu)
{
	return bpf_map_lookup_elem(&cpus, &cpu);
}

static __always_inline struct scratch *scratch_get(void)
{
	u32 cpu = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&scratch, &cpu);
}

/* Is this thread one whose events are wanted? */
static __always_inline bool wanted(struct syscope_settings *set, u64 ids)
{
	u32 tgid = ids >> 32;

	if (tgid == set->tracer_tgid)
		return false;
	if (set->flags & SYSCOPE_ONLY_TRACED)
		return bpf_map_lookup_elem(&traced, &tgid) != NULL;
	return true;
}

#endif
