/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What each system call passes at its entry and its end: is it wanted, what becomes of it, who writes its event. The
 * two functions at the end call no subprograms, only other programs: kernels before 5.10, on aarch64 before 6.0, refuse
 * eBPF programs that do both.
 */
#ifndef SYSCOPE_DISPATCH_H
#define SYSCOPE_DISPATCH_H

#include "calls_plain.h"
#include "event_writer.h"
#include "tables.h"
#include "task.h"

/* Set in the number of a call of the x32 interface; otherwise these are the same calls. */
#define X32_BIT 0x40000000U

#if defined(SYSCOPE_X86_64)
#define CALL_NUMBER(regs) ((s64)REGISTER(regs, orig_ax))
#define CALL_ARG0(regs) REGISTER(regs, di)
#define CALL_ARG1(regs) REGISTER(regs, si)
#define CALL_ARG2(regs) REGISTER(regs, dx)
#define CALL_ARG3(regs) REGISTER(regs, r10)
#define CALL_ARG4(regs) REGISTER(regs, r8)
#define CALL_ARG5(regs) REGISTER(regs, r9)
#else
#define CALL_NUMBER(regs) ((s64)REGISTER(regs, syscallno))
#define CALL_ARG0(regs) REGISTER(regs, orig_x0)
#define CALL_ARG1(regs) REGISTER(regs, regs[1])
#define CALL_ARG2(regs) REGISTER(regs, regs[2])
#define CALL_ARG3(regs) REGISTER(regs, regs[3])
#define CALL_ARG4(regs) REGISTER(regs, regs[4])
#define CALL_ARG5(regs) REGISTER(regs, regs[5])
#endif

#include "entries.h"
#if defined(HAS_FAST_EVENTS)
#include "fast_events.h"
#endif

/* Row of a call. Numbers beyond the table, and -1 after sigreturn, have the last row, which no call uses. */
static __always_inline const struct call *call_row(s64 nr, bool compat)
{
	u32 number = (u32)nr & ~X32_BIT;
	u64 row = BOUND(number < CALLS_SIZE ? number : CALLS_SIZE - 1, 511);

#if defined(SYSCOPE_X86_64)
	if (compat)
		return TABLE_ROW(calls_ia32, row);
#else
	if (compat)
		return TABLE_ROW(calls, CALLS_SIZE - 1);
#endif
	return TABLE_ROW(calls, row);
}

/* What the programs behind the tail calls need to know of a call. */
static __always_inline void call_begin(struct scratch *s, struct syscope_settings *set, struct pt_regs *regs,
				       const struct call *call, u32 tid, u32 cpu, s64 nr, u64 ts)
{
	s->ts = ts;
	s->enter_ts = 0;
	s->args[0] = CALL_ARG0(regs);
	s->args[1] = CALL_ARG1(regs);
	s->args[2] = CALL_ARG2(regs);
	s->args[3] = CALL_ARG3(regs);
	s->args[4] = CALL_ARG4(regs);
	s->args[5] = CALL_ARG5(regs);
	s->tid = tid;
	s->cpu = cpu;
	s->nr = nr;
	s->snaplen = set->snaplen;
	s->sc = call->sc;
	s->nargs = call->nargs;
	s->texts = call->texts;
	s->outputs = call->outputs;
	s->compat = 0;
}

#if defined(SYSCOPE_X86_64)
static __always_inline u64 pair(struct scratch *s, u32 low)
{
	return s->args[low + 1] << 32 | (u32)s->args[low];
}

/* Gives a 32-bit call's arguments the places that they have in the 64-bit call; returns its row. */
static __always_inline const struct call *compat_begin(struct scratch *s, struct pt_regs *regs, const struct call *call)
{
	u32 block[6] = {0};
	u32 nr = s->nr, operation, i;

	s->compat = nr >= IA32_TIME64_FIRST ? COMPAT_TIME64 : COMPAT_IA32;
	s->args[0] = (u32)REGISTER(regs, bx);
	s->args[1] = (u32)REGISTER(regs, cx);
	s->args[2] = (u32)REGISTER(regs, dx);
	s->args[3] = (u32)REGISTER(regs, si);
	s->args[4] = (u32)REGISTER(regs, di);
	s->args[5] = (u32)REGISTER(regs, bp);
	operation = s->args[0];
	switch (nr) {
	case IA32_OLD_SELECT:
	case IA32_OLD_MMAP:
	case IA32_SOCKETCALL:
		/* The arguments are a block in memory. How long it is depends; what lies behind it does no harm. */
		if (read_user(block, sizeof(block), (void *)s->args[nr == IA32_SOCKETCALL]) &&
		    read_user(block, 12, (void *)s->args[nr == IA32_SOCKETCALL]))
			count_unreadable(s);
		if (nr == IA32_SOCKETCALL) {
			const struct call *row = TABLE_ROW(calls_socket, BOUND(operation < 32 ? operation : 0, 31));

			if (!row || !row->sc)
				break;
			call = row;
		}
		UNROLL
		for (i = 0; i < 6; i++)
			s->args[i] = block[i];
		break;
	case IA32_PREAD64:
	case IA32_PWRITE64:
	case IA32_PREADV:
	case IA32_PWRITEV:
		s->args[3] = pair(s, 3);
		break;
	case IA32_TRUNCATE64:
	case IA32_FTRUNCATE64:
		s->args[1] = pair(s, 1);
		break;
	case IA32_READAHEAD:
		s->args[1] = pair(s, 1);
		s->args[2] = s->args[3];
		break;
	case IA32_FALLOCATE:
		s->args[2] = pair(s, 2);
		s->args[3] = pair(s, 4);
		break;
	}
	s->sc = call->sc;
	return call;
}
#endif

/* Adds one text or output buffer at this place of the event; returns the place behind it, the same where there is none. */
SUBPROGRAM u32 put_argument_text(u32 at, u32 i)
{
	struct scratch *s = scratch_get();
	u32 kind = SYSCOPE_STRING_TEXT;
	u8 *string;
	long n;

	if (!s)
		return at;
	string = EVENT_AT(s, at);
	if (s->texts >> (i & 7) & 1) {
		n = read_user_text(string + 4, SYSCOPE_STRING_MAX, (void *)s->args[i & 7]);
	} else if (s->outputs >> (i & 7) & 1 && s->ret > 0) {
		u64 size = s->args[(i + 1) & 7];	/* of the buffer: always the next argument */

		if (size > (u64)s->ret)
			size = s->ret;
		if (size > SYSCOPE_STRING_MAX)
			size = SYSCOPE_STRING_MAX;
		size = BOUND(size, 0x1fff);
		kind = SYSCOPE_STRING_BYTES;
		n = read_user(string + 4, size, (void *)s->args[i & 7]);
		if (!n)
			n = size;
	} else {
		return at;
	}
	if (n < 0) {
		kind = SYSCOPE_STRING_UNREADABLE;
		n = 0;
	}
	*(u16 *)string = i | kind << 8;
	*(u16 *)(string + 2) = n;
	return at + 4 + (n & 0xffff);
}

/* Appends what a generic event has no parameters for: arguments, result, texts. */
static __always_inline void put_arguments(struct scratch *s)
{
	u64 start = (s->data_at + 3) & ~3;
	u8 *to = EVENT_AT(s, start);
	u32 i;

	s->data_at = start + 4 + SYSCOPE_ARGUMENTS_HEAD + s->nargs * 8;
	s->strings = 0;
	*(u64 *)(to + 4) = s->ret;
	*(u64 *)(to + 16) = s->args[0];
	*(u64 *)(to + 24) = s->args[1];
	*(u64 *)(to + 32) = s->args[2];
	*(u64 *)(to + 40) = s->args[3];
	*(u64 *)(to + 48) = s->args[4];
	*(u64 *)(to + 56) = s->args[5];
	if (s->texts | s->outputs) {
		UNROLL
		for (i = 0; i < 6; i++) {
			u32 next = put_argument_text(s->data_at, i);

			s->strings += next != s->data_at;
			s->data_at = next;
		}
	}
	*(u16 *)to = SYSCOPE_TAG_ARGUMENTS;
	*(u16 *)(to + 2) = s->data_at - start - 4;
	*(u32 *)(to + 12) = s->nargs | s->strings << 8;
}

/* The event of a call without an event type of its own. */
static __always_inline int generic_event(ctx_t ctx)
{
	struct syscope_settings *set = settings_get();
	struct scratch *s = scratch_get();
	u64 at;

	if (!s || !set)
		return 0;
	event_begin(s);
	put_u16(s, s->sc);
	put_u16(s, s->nr);
	header(s->event, s->ts, s->tid, s->data_at, s->type);
	if (set->flags & SYSCOPE_ARGUMENTS)
		put_arguments(s);
	at = put_latency(s, s->data_at);
	emit(ctx, set, s, at);
	return 0;
}

PROGRAM(exit_generic)
{
	return generic_event(ctx);
}

ENTER_PROGRAM(enter_generic)
{
	return generic_event(ctx);
}

static __always_inline void no_program(struct scratch *s)
{
	struct syscope_cpu *c = cpu_get(s->cpu);

	if (c) {
		c->seen++;
		count_loss(c, SYSCOPE_LOST_NO_PROGRAM, s->type, s->ts);
	}
}

/* sys_enter: nr is the kernel's number of the call. */
static __always_inline int call_entered(ctx_t ctx, struct pt_regs *regs, s64 nr)
{
	struct syscope_settings *set = settings_get();
	const struct layout *layout;
	const struct call *call;
	u32 cpu = current_cpu();
	u32 interest, slot;
	struct scratch *s;
	bool compat;
	u64 ids, ts;
	u64 *caller = NULL;
	u64 at = 0;

	if (!set)
		return 0;
#if defined(HAS_ENTERED)
	at = caller_place(set, regs);
	caller = caller_find(at);
	if (caller)
		*(volatile u64 *)caller = 0;
#endif
	ids = current_caller(&compat);
	call = call_row(nr, compat);
	if (!call)
		return 0;
	interest = set->interest[call->sc & (SYSCOPE_INTEREST_SIZE - 1)];
	if (!(interest & (SYSCOPE_INTEREST_EXIT | SYSCOPE_INTEREST_ENTER)) || muted(set, interest, ids) || !wanted(set, ids))
		return 0;
	ts = wall_ns(set);
	if (set->flags & SYSCOPE_LATENCY)
		thread_entered(regs, caller, at, ids, nr, call->sc, ts, compat);
	if (!(interest & SYSCOPE_INTEREST_ENTER))
		return 0;
	s = scratch_get();
	if (!s)
		return 0;
	call_begin(s, set, regs, call, ids, cpu, nr, ts);
#if defined(SYSCOPE_X86_64)
	if (compat) {
		call = compat_begin(s, regs, call);
		if (!(set->interest[call->sc & (SYSCOPE_INTEREST_SIZE - 1)] & SYSCOPE_INTEREST_ENTER))
			return 0;
	}
#endif
	if (call->enter == NO_EVENT)
		return 0;
	s->type = call->enter;
	s->ret = 0;
	layout = TABLE_ROW(layouts, s->type & EVENT_TYPE_MASK);
	if (!layout)
		return 0;
	slot = layout->slot;
	if (slot == SYSCOPE_SLOT_GENERIC && s->type != PPME_GENERIC_E)	/* without parameters: no row */
		slot = SYSCOPE_SLOT_PLAIN;
	TAIL_CALL(ctx, enters, slot);
	no_program(s);
	return 0;
}

/* What is known of a call that ends. */
struct returned {
	u32 tid;
	bool compat;
	bool wanted;			/* as it was at its entry */
	s64 nr;
	u64 enter_ts;			/* 0: not known */
	struct syscope_thread *saved;	/* NULL: nothing was saved */
};

/* Asks the kernel whose call ends, and looks up when it began. */
static __always_inline void returned_ask(struct syscope_settings *set, struct returned *r)
{
	u64 ids = current_caller(&r->compat);
	u32 tid = ids;
	s64 nr = r->nr;

	r->tid = tid;
	if (set->flags & SYSCOPE_LATENCY) {
#if defined(HAS_ENTERED)
		struct syscope_entered *place = entered_find(tid);

		if (place && (u32)place->call == tid && place->enter_ns) {
			/* sigreturn restores the registers of an earlier moment: only the entry knows its number. */
			if ((s32)nr == -1)
				nr = (u16)(place->call >> 32);
			if ((u16)(place->call >> 32) == (u16)nr)
				r->enter_ts = place->enter_ns;
			*(volatile u64 *)&place->enter_ns = 0;
		} else
#endif
		{
			struct syscope_thread *t = thread_find(tid);

			if (t) {
				if ((s32)nr == -1 && t->enter_ns)
					nr = t->nr;
				if (t->nr == (u32)nr)
					r->enter_ts = t->enter_ns;
				t->enter_ns = 0;
				r->saved = t;
			}
		}
	}
	r->nr = nr;
	/* What was wanted at its entry still is. */
	r->wanted = r->enter_ts || wanted(set, ids);
}

/* sys_exit: ret is what the call returns. */
static __always_inline int call_returned(ctx_t ctx, struct pt_regs *regs, s64 ret)
{
	struct syscope_settings *set = settings_get();
	u32 cpu = current_cpu();
	struct returned r = {.nr = CALL_NUMBER(regs)};
	const struct layout *layout;
	const struct call *call;
	struct scratch *s;
	bool known = false;
	u32 interest;
	u64 ts;

	if (!set)
		return 0;
#if defined(HAS_ENTERED)
	{
		struct syscope_entered *place = caller_entered(set, regs, r.nr);

		if (place) {
			r.tid = place->call;
			r.enter_ts = place->enter_ns;
			*(volatile u64 *)&place->enter_ns = 0;
			r.wanted = true;
			known = true;
		}
	}
#endif
	if (!known)
		returned_ask(set, &r);
	call = call_row(r.nr, r.compat);
	if (!call)
		return 0;
	interest = set->interest[call->sc & (SYSCOPE_INTEREST_SIZE - 1)];
	if (!(interest & SYSCOPE_INTEREST_EXIT))
		return 0;
	if (!known && muted(set, interest, r.tid)) {
		struct syscope_cpu *c = cpu_get(cpu);

		if (c)
			c->muted++;
		return 0;
	}
	if (!r.wanted)
		return 0;
	ts = wall_ns(set);
	if (interest & SYSCOPE_INTEREST_STATE)
		unmute_at(set, r.tid, ts);
	s = scratch_get();
	if (!s)
		return 0;
#if defined(HAS_FAST_EVENTS)
	if (!r.compat && fast_event(set, regs, call, r.tid, cpu, r.nr, ret, ts, r.enter_ts))
		return 0;
#endif
	call_begin(s, set, regs, call, r.tid, cpu, r.nr, ts);
	s->enter_ts = r.enter_ts;
	s->ret = ret;
#if defined(SYSCOPE_X86_64)
	if (r.compat) {
		call = compat_begin(s, regs, call);
		/* Through socketcall come calls that are wanted and others. */
		if (!(set->interest[call->sc & (SYSCOPE_INTEREST_SIZE - 1)] & SYSCOPE_INTEREST_EXIT))
			return 0;
	}
#endif
	s->type = call->exit;
	layout = TABLE_ROW(layouts, s->type & EVENT_TYPE_MASK);
	if (!layout)
		return 0;
	s->has_saved = r.saved && r.saved->sc == call->sc;
	if (s->has_saved) {
		s->saved[0] = r.saved->saved[0];
		s->saved[1] = r.saved->saved[1];
	}
	TAIL_CALL(ctx, exits, layout->slot);
	no_program(s);	/* only reached where the program is missing */
	return 0;
}

#endif
