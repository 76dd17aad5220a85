/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The working space of a CPU: the call that is being reported, the event as far as it is written, states of the loops. */
#ifndef SYSCOPE_SCRATCH_H
#define SYSCOPE_SCRATCH_H

#include "interface.h"

/* An event is built in the first half of EVENT_SPACE at most; a write that starts there ends inside the second half. */
#define EVENT_LIMIT 0x10000
#define EVENT_MASK (EVENT_LIMIT - 1)
#if !defined(EVENT_SLACK)
#define EVENT_SLACK 0	/* what a driver's verifier wants to see behind it */
#endif
#define NAME_SLOTS 64

#define COMPAT_IA32 1
#define COMPAT_TIME64 2	/* of these, the calls whose times have 64 bits */

/* struct user_msghdr, as 64-bit callers have it. */
struct message {
	u64 name, name_length, vector, count, control, control_length;
};

/* An operation of io_uring between its submission and its end. */
struct operation {
	u64 submit_ts;
	u64 offset;
	u32 tid;
	s32 fd;
	u32 length;
	u8 opcode;
	u8 flags;
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
	u32 path_at;	/* where the next name of a path goes */
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
#if defined(SYSCOPE_SMALL_PROGRAMS)
	/* Where a chain of programs stands: which one it is, the round of a program that follows itself, what it works on. */
	u32 chain;
	u32 round;
	u32 place;
	u32 start;
	u64 list;
	u64 task;
	u64 name;
#endif
	struct syscope_record record;	/* goes into the ring before the event */
	u8 event[2 * EVENT_LIMIT + EVENT_SLACK];
};

#endif
