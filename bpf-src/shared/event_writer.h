/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Writes one event into the scratch space and hands it to the ring of this CPU:
 *
 *     0        8        16    20    22        26                  26 + 2n
 *     | u64 ts | u64 tid | u32 len | u16 type | u32 n | n x u16 length | parameters |
 *
 * len counts everything up to the end of the parameters. Options may follow (interface.h).
 *
 * All bounds are checked here: data_at and len_at are read from the map and masked for each access, so that the verifier
 * forgets what it knew about them and states of different length are alike to it. A fixed write may run a few bytes
 * over EVENT_LIMIT, where there is still room; finish() then rejects the event as too large.
 */
#ifndef SYSCOPE_EVENT_WRITER_H
#define SYSCOPE_EVENT_WRITER_H

#include "driver.h"
#include "tables.h"

#define HEADER_SIZE 26
#if !defined(EVENT_MOST)
#define EVENT_MOST (EVENT_LIMIT - 64)	/* bytes of an event, its options not counted */
#endif
#define LENGTHS_MASK 0x7f	/* 26 + 32 * 2 = 90 */

#define EVENT_AT(s, at) ((s)->event + BOUND(at, 0xffff))

static __always_inline void event_begin_with(struct scratch *s, u32 nparams)
{
	s->len_at = HEADER_SIZE;
	s->data_at = HEADER_SIZE + nparams * 2;
	*(u32 *)(s->event + 22) = nparams;
}

/* Starts an event of type s->type. */
static __always_inline void event_begin(struct scratch *s)
{
	const u8 *nparams = TABLE_ROW(event_params, s->type & EVENT_TYPE_MASK);

	event_begin_with(s, nparams ? *nparams : 0);
}

/* The parameter whose bytes were just written at data_at has this length. */
static __always_inline void param_end(struct scratch *s, u32 length)
{
	u64 at = BOUND(s->len_at, 0x7f);

	*(u16 *)(s->event + at) = length;
	s->len_at = at + 2;
	s->data_at += length;
}

static __always_inline void put_empty(struct scratch *s)
{
	param_end(s, 0);
}

static __always_inline void put_u8(struct scratch *s, u8 v)
{
	*EVENT_AT(s, s->data_at) = v;
	param_end(s, 1);
}

static __always_inline void put_u16(struct scratch *s, u16 v)
{
	*(u16 *)EVENT_AT(s, s->data_at) = v;
	param_end(s, 2);
}

static __always_inline void put_u32(struct scratch *s, u32 v)
{
	*(u32 *)EVENT_AT(s, s->data_at) = v;
	param_end(s, 4);
}

static __always_inline void put_u64(struct scratch *s, u64 v)
{
	*(u64 *)EVENT_AT(s, s->data_at) = v;
	param_end(s, 8);
}

/* File descriptors and process ids are ints in the call and 64 bits wide in the event. */
static __always_inline void put_int(struct scratch *s, u64 v)
{
	put_u64(s, (s64)(s32)v);
}

static __always_inline void count_unreadable(struct scratch *s)
{
	struct syscope_cpu *c = cpu_get(s->cpu);

	if (c)
		c->unreadable++;
}

/* What an event may still take before it has to leave room for fixed parameters and options. */
static __always_inline u32 room(struct scratch *s)
{
	u32 used = s->data_at;

	return used < EVENT_LIMIT - 4096 ? EVENT_LIMIT - 4096 - used : 0;
}

/* Bytes that a variable write may have: bounded for the verifier at one place. */
static __always_inline u64 clip(struct scratch *s, u64 want)
{
	u32 left = room(s);

	if (want > left)
		want = left;
	return BOUND(want, 0xffff);
}

/* A text of user or kernel memory with its NUL. A null pointer or unreadable memory makes an empty parameter. */
static __always_inline void put_text_from(struct scratch *s, u64 pointer, u32 max, bool kernel)
{
	u64 length = clip(s, max);
	u8 *to = EVENT_AT(s, s->data_at);
	long n;

	if (!pointer) {
		put_empty(s);
		return;
	}
	if (kernel)
		n = read_kernel_text(to, length, (void *)pointer);
	else
		n = read_user_text(to, length, (void *)pointer);
	if (n <= 0) {
		count_unreadable(s);
		n = 0;
	}
	param_end(s, n);
}

#define SYSCOPE_PATH_MAX 4096

static __always_inline void put_text(struct scratch *s, u64 pointer)
{
	put_text_from(s, pointer, SYSCOPE_PATH_MAX, false);
}

static __always_inline void put_kernel_text(struct scratch *s, u64 pointer, u32 max)
{
	put_text_from(s, pointer, max, true);
}

/* Bytes of user memory. */
static __always_inline void put_bytes(struct scratch *s, u64 pointer, u64 size)
{
	u64 length = clip(s, size);

	if (length && read_user(EVENT_AT(s, s->data_at), length, (void *)pointer)) {
		count_unreadable(s);
		length = 0;
	}
	param_end(s, length);
}

/* Is this thread one whose events are wanted? */
static __always_inline bool wanted(struct syscope_settings *set, u64 ids)
{
	u32 tgid = ids >> 32;

	if (tgid == set->tracer_tgid)
		return false;
	if (set->flags & SYSCOPE_ONLY_TRACED)
		return traced_find(tgid);
	return true;
}

#if defined(HAS_MUTES)
/* Does the reader want nothing of this thread until its state changes? */
static __always_inline bool muted(struct syscope_settings *set, u32 interest, u32 tid)
{
	struct syscope_mute *mute;
	u64 judged;

	if (!(set->flags & SYSCOPE_MUTES) || interest & SYSCOPE_INTEREST_STATE)
		return false;
	mute = mute_find(tid);
	if (!mute)
		return false;
	judged = *(volatile u64 *)&mute->judged;
	return judged && (judged & SYSCOPE_MUTE_NUMBER) == tid / SYSCOPE_MUTE_SLOTS &&
	       (judged & ~SYSCOPE_MUTE_NUMBER) >= *(volatile u64 *)&mute->changed;
}

/*
 * What the reader knows of this thread is no longer right at this time. Several threads may do this to one slot at once:
 * by adding, the word ends at or after the latest of their times, where storing could leave an earlier one.
 */
static __always_inline void unmute_at(struct syscope_settings *set, u32 tid, u64 ts)
{
	struct syscope_mute *mute;
	u64 changed;

	if (!(set->flags & SYSCOPE_MUTES))
		return;
	mute = mute_find(tid);
	if (!mute)
		return;
	changed = *(volatile u64 *)&mute->changed;
	if (changed < ts)
		shared_add(&mute->changed, ts - changed);
}

static __always_inline void unmute(struct syscope_settings *set, u32 tid)
{
	if (set->flags & SYSCOPE_MUTES)
		unmute_at(set, tid, wall_ns(set));
}
#else
#define muted(set, interest, tid) false
#define unmute_at(set, tid, ts) ((void)(ts))
#define unmute(set, tid) ((void)0)
#endif

static __always_inline void header(u8 *event, u64 ts, u64 tid, u32 length, u16 type)
{
	*(u64 *)event = ts;
	*(u64 *)(event + 8) = tid;
	*(u32 *)(event + 16) = length;
	*(u16 *)(event + 20) = type;
}

/* Notes the place in the stream at which an event of this type is missing. */
static __always_inline void note_loss(struct syscope_cpu *c, u32 type, u64 ts)
{
	if (!c->pending++)
		c->pending_since = ts;
	count_lost_type(type);
}

static __always_inline void count_loss(struct syscope_cpu *c, enum syscope_loss cause, u32 type, u64 ts)
{
	c->lost[cause]++;
	note_loss(c, type, ts);
}

/* The set of traced processes has no room for a child: its side of the clone is the first event that will be missing. */
static __always_inline void count_untraced(struct syscope_settings *set)
{
	struct syscope_cpu *c = cpu_get(current_cpu());

	if (!c)
		return;
	c->seen++;
	c->untraced++;
	note_loss(c, PPME_SYSCALL_CLONE_20_X, wall_ns(set));
}

/* The ring did not take an event: it is full, or was found to be none. */
static __always_inline void count_refused(struct syscope_cpu *c, u32 cpu, u32 type, u64 ts)
{
	count_loss(c, ring_get(cpu) ? SYSCOPE_LOST_RING_FULL : SYSCOPE_LOST_NO_SCRATCH, type, ts);
}

#define RECORD_HEAD sizeof(struct syscope_record)
#define LOSS_RECORD_SIZE 60

/* Tells of the events lost since the last one that the ring took, at their place in the stream. */
static __always_inline bool report_loss(ctx_t ctx, struct syscope_settings *set, struct syscope_cpu *c, u32 cpu, void *ring,
					u64 ts)
{
	u64 words[8];
	u8 *event = (u8 *)(words + 1);

	__builtin_memset(words, 0, sizeof(words));
	words[0] = cpu;
	header(event, ts, (u64)-1, HEADER_SIZE + 2 + 4, PPME_DROP_E);
	*(u16 *)(event + 22) = 1;
	*(u16 *)(event + 26) = 4;
	*(u32 *)(event + 28) = c->pending > 0xffffffff ? 0xffffffff : c->pending;
	*(u16 *)(event + 32) = SYSCOPE_TAG_LOSS;
	*(u16 *)(event + 34) = sizeof(struct syscope_loss_report);
	/* The stack takes aligned writes only. */
	*(u32 *)(event + 36) = c->pending;
	*(u32 *)(event + 40) = c->pending >> 32;
	*(u32 *)(event + 44) = c->pending_since;
	*(u32 *)(event + 48) = c->pending_since >> 32;
	if (ring_output(ctx, ring, set, words, LOSS_RECORD_SIZE))
		return false;
	c->pending = 0;
	return true;
}

/* Gives the first size bytes of the event and its options to the ring of the CPU and keeps the books. */
static __always_inline void emit(ctx_t ctx, struct syscope_settings *set, struct scratch *s, u64 size)
{
	u32 cpu = s->cpu, type = s->type;
	u64 ts = s->ts;
	struct syscope_cpu *c = cpu_get(cpu);
	void *ring;

	if (!c)
		return;
	c->seen++;
	ring = ring_get(cpu);
	if (!ring) {
		count_loss(c, SYSCOPE_LOST_NO_SCRATCH, type, ts);
		return;
	}
	if (c->pending && !report_loss(ctx, set, c, cpu, ring, ts)) {
		count_refused(c, cpu, type, ts);
		return;
	}
	s->record.cpu = cpu;
	s->record.spare = 0;
	if (ring_output(ctx, ring, set, &s->record, BOUND(size, 0x1ffff) + RECORD_HEAD))
		count_refused(c, cpu, type, ts);
	else
		c->sent++;
}

/*
 * A record of fixed size, of which the event takes the first length bytes, written straight into the ring: needs no
 * scratch space and may therefore interrupt a program that uses it (page faults). NULL: the ring is full; the loss is counted.
 */
static __always_inline u8 *fixed_begin(ctx_t ctx, struct syscope_settings *set, u32 cpu, u64 size, u32 length, u32 type,
				       u32 nparams, u64 tid)
{
	struct syscope_cpu *c = cpu_get(cpu);
	u64 ts = wall_ns(set);
	void *ring;
	u8 *event;

	if (!c)
		return NULL;
	c->seen++;
	ring = ring_get(cpu);
	if (!ring) {
		count_loss(c, SYSCOPE_LOST_NO_SCRATCH, type, ts);
		return NULL;
	}
	if (c->pending && !report_loss(ctx, set, c, cpu, ring, ts)) {
		count_refused(c, cpu, type, ts);
		return NULL;
	}
	event = ring_reserve(ring, RECORD_HEAD + size);
	if (!event) {
		count_refused(c, cpu, type, ts);
		return NULL;
	}
	c->sent++;
	*(u64 *)event = cpu;
	event += RECORD_HEAD;
	header(event, ts, tid, length, type);
	*(u32 *)(event + 22) = nparams;
	return event;
}

/* Sends what fixed_begin has given, size bytes long. */
static __always_inline void fixed_end(ctx_t ctx, struct syscope_settings *set, u8 *event, u64 size)
{
	ring_submit(ctx, event - RECORD_HEAD, set, RECORD_HEAD + size);
}

/* Appends the latency, if there is one, behind data that ends at this place; returns where the record ends then. */
static __always_inline u64 put_latency(struct scratch *s, u64 at)
{
	u8 *to;

	at = (at + 3) & ~3;
	if (!s->enter_ts)
		return at;
	to = EVENT_AT(s, at);
	*(u32 *)to = SYSCOPE_TAG_LATENCY | 8 << 16;
	*(u64 *)(to + 4) = s->ts - s->enter_ts;
	return at + 12;
}

/* Completes the header, appends the latency and sends the event. */
static __always_inline void event_end(ctx_t ctx, struct scratch *s)
{
	struct syscope_settings *set = settings_get();
	u32 length = s->data_at;
	u64 at;

	if (!set)
		return;
	if (length >= EVENT_MOST) {
		struct syscope_cpu *c = cpu_get(s->cpu);

		if (c) {
			c->seen++;
			count_loss(c, SYSCOPE_LOST_TOO_LARGE, s->type, s->ts);
		}
		return;
	}
	header(s->event, s->ts, s->tid, length, s->type);
	at = put_latency(s, length);
	emit(ctx, set, s, at);
}

#endif
