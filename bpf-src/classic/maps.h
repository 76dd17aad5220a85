/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The maps, defined without BTF. "cpus", "scratch", "served" and "rings" have one entry per possible CPU: the loader sets
 * max_entries. Constants are in array maps, too: global data came with 5.2. The loader fills a map NAME with what stands in
 * the section contents/NAME.
 */
#ifndef SYSCOPE_MAPS_H
#define SYSCOPE_MAPS_H

#include "helpers.h"
#include "interface.h"
#include "scratch.h"

struct map {
	u32 type, key_size, value_size, max_entries, flags;
};

#define MAP(name, kind, key, value, entries) \
	struct map name SEC("maps") = {BPF_MAP_TYPE_##kind, sizeof(key), value, entries, 0}

/* A table of constants: a map, and in the section what it begins with. */
#define TABLE(kind, name, size)                         \
	MAP(name, ARRAY, u32, sizeof(kind), size);      \
	const kind name##_contents[size] SEC("contents/" #name) =
#define TABLE_ROW(name, index)                                                                       \
	({                                                                                           \
		u32 __index = (index);                                                               \
		(const __typeof__(name##_contents[0]) *)helper_lookup(&name, &__index);              \
	})

MAP(settings, ARRAY, u32, sizeof(struct syscope_settings), 1);
MAP(cpus, ARRAY, u32, sizeof(struct syscope_cpu), 1);
MAP(scratch, ARRAY, u32, sizeof(struct scratch), 1);
MAP(lost_types, ARRAY, u32, sizeof(u64), 512);
MAP(threads, HASH, u32, sizeof(struct syscope_thread), 65536);
MAP(traced, HASH, u32, sizeof(u32), 32768);

#if defined(HAS_IO_REQUEST)
/* Operations of io_uring between their submission and their end, by the address of the kernel's request. */
MAP(requests, HASH, u64, sizeof(struct operation), 16384);
#endif

/* CPU -> perf event. "served" says which have one. */
MAP(rings, PERF_EVENT_ARRAY, u32, sizeof(u32), 1);
MAP(served, ARRAY, u32, sizeof(u32), 1);

/* Records that are built while the scratch space may be in use; the second is for whoever interrupts the first. */
struct fixed {
	u64 busy;
	u8 record[128];
};
MAP(fixed, PERCPU_ARRAY, u32, sizeof(struct fixed), 2);

/* Slots up to SYSCOPE_SLOT_COUNT are those of enum syscope_slot; behind them each plain event type has a program. */
#define PLAIN_SLOT(type) (SYSCOPE_SLOT_COUNT + (type))
MAP(exits, PROG_ARRAY, u32, sizeof(u32), SYSCOPE_SLOT_COUNT + 512);
MAP(enters, PROG_ARRAY, u32, sizeof(u32), SYSCOPE_SLOT_COUNT + 512);

/* Programs that go on where another one has ended. */
enum stage {
	STAGE_PIECES,
	STAGE_VECTOR_TAIL,
	STAGE_MESSAGE_TAIL,
	STAGE_MESSAGE_NEXT,
	STAGE_ENTER_TAIL,
	STAGE_POLL,
	STAGE_TEXTS,
	STAGE_CGROUP,
	STAGE_PROGRAM,
	STAGE_WALK,
	STAGE_PATH,
	STAGE_CLONE_TAIL,
	STAGE_REAPER,
	STAGE_COUNT = 32
};
MAP(stages, PROG_ARRAY, u32, sizeof(u32), STAGE_COUNT);

#endif
