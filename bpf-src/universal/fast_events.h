/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The events that most of a trace consists of, written straight into the ring by the program that found them: read, write, events
 * of numbers alone, and calls without an event type. No tail call, no functions, no copy. What does not fit (the ring is
 * full, a page is not there, losses are to be told first) is left to the programs that write any event.
 */
#ifndef SYSCOPE_FAST_EVENTS_H
#define SYSCOPE_FAST_EVENTS_H

#include "event_writer.h"
#include "tables.h"

/* Bytes of an event's parameters, if all of them are numbers as the call has them; NOT_FAST or more otherwise; 0: no row. */
#define NOT_FAST 0x1000
#undef RET
#undef RET32
#undef INT
#undef FD
#undef PID
#undef U64
#undef U32
#undef U16
#undef U8
#undef TEXT
#undef FLAGS32
#undef FLAGS16
#undef FLAGS8
#undef MEMORY
#undef SIZED
#undef SAVED
#undef ZERO32
#undef ZERO8
#undef NOTHING
#define RET 8
#define RET32 4
#define INT(a) 8
#define FD(a) 8
#define PID(a) 8
#define U64(a) 8
#define U32(a) 4
#define U16(a) 2
#define U8(a) 1
#define TEXT(a) NOT_FAST
#define FLAGS32(conv, a) NOT_FAST
#define FLAGS16(conv, a) NOT_FAST
#define FLAGS8(conv, a) NOT_FAST
#define MEMORY NOT_FAST
#define SIZED(kind, a) NOT_FAST
#define SAVED(a, place) NOT_FAST
#define ZERO32 NOT_FAST
#define ZERO8 NOT_FAST
#define NOTHING NOT_FAST
#define SUM(a, b, c, d, e, f, g, h, i, j, ...) (a + b + c + d + e + f + g + h + i + j)
#define PLAIN(event, ...) [PPME_##event] = SUM(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
#define SPECIAL(event, name) [PPME_##event] = NOT_FAST,

static const u16 fast_bytes[EVENT_TYPES] = {
#include "layouts.h"
};

static const u8 kind_bytes[32] = {
	[KIND_RET] = 8, [KIND_RET32] = 4, [KIND_INT] = 8, [KIND_U64] = 8, [KIND_U32] = 4, [KIND_U16] = 2, [KIND_U8] = 1,
};

#define FAST_DATA_MOST 4096	/* bytes of a transfer */
#define FAST_PARAMS 6		/* of events of numbers */

/* Begins a record of this many bytes with the header of its event; NULL if the ring is full. */
static __always_inline u8 *fast_reserve(u32 cpu, u64 size, u64 ts, u32 tid, u32 length, u32 type, u32 nparams)
{
	u8 *ring = ring_get(cpu);
	u8 *event, *record = ring ? own_reserve(ring, RECORD_HEAD + size) : NULL;

	if (!record)
		return NULL;
	*(u64 *)(record + RING_RECORD_HEAD) = cpu;
	event = record + RING_RECORD_HEAD + RECORD_HEAD;
	header(event, ts, tid, length, type);
	*(u32 *)(event + 22) = nparams;
	return event;
}

static __always_inline void fast_commit(struct syscope_cpu *c, u8 *event, u64 size)
{
	own_commit(event - RECORD_HEAD - RING_RECORD_HEAD, RECORD_HEAD + size);
	c->seen++;
	c->sent++;
}

static __always_inline void fast_latency(u8 *event, u64 at, u64 ts, u64 enter_ts)
{
	if (enter_ts) {
		*(u32 *)(event + at) = SYSCOPE_TAG_LATENCY | 8 << 16;
		*(u64 *)(event + at + 4) = ts - enter_ts;
	}
}

/* read and write: result, data, fd, size. */
static __always_inline bool fast_transfer(struct syscope_cpu *c, struct syscope_settings *set, struct pt_regs *regs, u32 type,
					  u32 tid, u32 cpu, s64 ret, u64 ts, u64 enter_ts)
{
	u64 n = ret > 0 ? ret : type == PPME_SYSCALL_WRITE_X ? CALL_ARG2(regs) : 0;
	u64 length, end, size;
	u8 *event, *tail;

	if (n > set->snaplen)
		n = set->snaplen;
	if (n > FAST_DATA_MOST)
		return false;
	n = BOUND(n, 0x1fff);
	length = HEADER_SIZE + 4 * 2 + 8 + n + 8 + 4;
	end = (length + 3) & 0x3ffc;
	size = end + (enter_ts ? 12 : 0);
	event = fast_reserve(cpu, size, ts, tid, length, type, 4);
	if (!event)
		return false;
	*(u64 *)(event + 26) = 8 | n << 16 | 8ULL << 32 | 4ULL << 48;
	*(u64 *)(event + 34) = ret;
	if (n && read_user(event + 42, n, (void *)CALL_ARG1(regs))) {
		own_discard(event - RECORD_HEAD - RING_RECORD_HEAD, RECORD_HEAD + size);
		return false;
	}
	tail = event + n;
	*(s64 *)(tail + 42) = (s32)CALL_ARG0(regs);
	*(u32 *)(tail + 50) = CALL_ARG2(regs);
	fast_latency(event, end, ts, enter_ts);
	fast_commit(c, event, size);
	return true;
}

/* Numbers alone, this many bytes of them. Each is written 8 bytes wide; what is too much the next one overwrites. */
static __always_inline bool fast_numbers(struct syscope_cpu *c, struct pt_regs *regs, u32 type, u32 bytes, u32 tid, u32 cpu, s64 ret,
					 u64 ts, u64 enter_ts)
{
	const struct layout *layout = &layouts[BOUND(type, 511)];
	u32 nparams = event_params[BOUND(type, 511)];
	u64 length = HEADER_SIZE + nparams * 2 + bytes;
	struct scratch *s = scratch_get();
	u64 end = (length + 3) & 0x3fc;
	u64 size = end + (enter_ts ? 12 : 0);
	u8 *event, *lengths, *data;
	u32 i;

	if (!s || nparams > FAST_PARAMS)
		return false;
	event = fast_reserve(cpu, size, ts, tid, length, type, nparams);
	if (!event)
		return false;
	s->args[0] = CALL_ARG0(regs);
	s->args[1] = CALL_ARG1(regs);
	s->args[2] = CALL_ARG2(regs);
	s->args[3] = CALL_ARG3(regs);
	s->args[4] = CALL_ARG4(regs);
	s->args[5] = CALL_ARG5(regs);
	lengths = event + HEADER_SIZE;
	data = lengths + BOUND(nparams, 0x1f) * 2;
	for (i = 0; i < FAST_PARAMS; i++) {
		const struct param *p = &layout->params[i];
		u32 kind = p->kind;
		u64 width = kind_bytes[kind & 31];
		u64 v = s->args[p->arg & 7];

		if (kind == KIND_END)
			break;
		if (kind == KIND_RET || kind == KIND_RET32)
			v = ret;
		else if (kind == KIND_INT)
			v = (s64)(s32)v;
		*(u16 *)(lengths + 2 * i) = width;
		*(u64 *)data = v;
		data += BOUND(width, 0xf);
	}
	fast_latency(event, end, ts, enter_ts);
	fast_commit(c, event, size);
	return true;
}

/* A call without an event type, whose arguments are numbers. */
static __always_inline bool fast_generic(struct syscope_cpu *c, struct pt_regs *regs, const struct call *call, u32 tid, u32 cpu,
					 s64 nr, s64 ret, u64 ts, u64 enter_ts)
{
	u64 nargs = call->nargs;
	u64 length = HEADER_SIZE + 2 * 2 + 2 * 2;
	u64 end, size;
	u8 *event;

	if (nargs > 6)
		return false;
	nargs = BOUND(nargs, 7);
	end = 36 + 4 + SYSCOPE_ARGUMENTS_HEAD + nargs * 8;
	size = end + (enter_ts ? 12 : 0);
	event = fast_reserve(cpu, size, ts, tid, length, PPME_GENERIC_X, 2);
	if (!event)
		return false;
	*(u64 *)(event + 26) = 2 | 2 << 16 | (u64)call->sc << 32 | (u64)(u16)nr << 48;
	*(u16 *)(event + 34) = 0;
	*(u32 *)(event + 36) = SYSCOPE_TAG_ARGUMENTS | (u32)(SYSCOPE_ARGUMENTS_HEAD + nargs * 8) << 16;
	*(u64 *)(event + 40) = ret;
	*(u32 *)(event + 48) = nargs;
	*(u64 *)(event + 52) = CALL_ARG0(regs);
	*(u64 *)(event + 60) = CALL_ARG1(regs);
	*(u64 *)(event + 68) = CALL_ARG2(regs);
	*(u64 *)(event + 76) = CALL_ARG3(regs);
	*(u64 *)(event + 84) = CALL_ARG4(regs);
	*(u64 *)(event + 92) = CALL_ARG5(regs);
	fast_latency(event, end, ts, enter_ts);
	fast_commit(c, event, size);
	return true;
}

/* Writes the exit event of a 64-bit call, if it is one of those above; false: somebody else must. */
static __always_inline bool fast_event(struct syscope_settings *set, struct pt_regs *regs, const struct call *call, u32 tid, u32 cpu,
				       s64 nr, s64 ret, u64 ts, u64 enter_ts)
{
	u32 type = call->exit;
	struct syscope_cpu *c;
	u32 bytes;

	if (!own_ring_mask)
		return false;
	c = cpu_get(cpu);
	if (!c || c->pending)
		return false;
	if (type == PPME_SYSCALL_READ_X || type == PPME_SYSCALL_WRITE_X)
		return fast_transfer(c, set, regs, type, tid, cpu, ret, ts, enter_ts);
	bytes = fast_bytes[type & EVENT_TYPE_MASK];
	if (bytes && bytes < NOT_FAST)
		return fast_numbers(c, regs, type, bytes, tid, cpu, ret, ts, enter_ts);
	if (type == PPME_GENERIC_X && set->flags & SYSCOPE_ARGUMENTS && !(call->texts | call->outputs))
		return fast_generic(c, regs, call, tid, cpu, nr, ret, ts, enter_ts);
	return false;
}

#endif
