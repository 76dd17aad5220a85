/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What is remembered of a call between its entry and its end: when it began, whose it is, what it will overwrite. */
#ifndef SYSCOPE_ENTRIES_H
#define SYSCOPE_ENTRIES_H

#include "calls_plain.h"
#include "driver.h"
#include "tables.h"

/* Takes what the call will overwrite, or what its child can no longer read. */
static __always_inline void save_arguments(struct pt_regs *regs, struct syscope_thread *t, u32 nr, u32 sc, bool compat)
{
	u64 args[4] = {CALL_ARG0(regs), CALL_ARG1(regs), CALL_ARG2(regs), CALL_ARG3(regs)};
	u32 size = 8, mode = 0;
	u64 value = 0;

#if defined(SYSCOPE_X86_64)
	if (compat) {
		args[0] = (u32)REGISTER(regs, bx);
		args[1] = (u32)REGISTER(regs, cx);
		args[2] = (u32)REGISTER(regs, dx);
		args[3] = (u32)REGISTER(regs, si);
		size = nr == IA32_SENDFILE ? 4 : 8;
		mode = nr >= IA32_TIME64_FIRST ? COMPAT_TIME64 : COMPAT_IA32;
	}
#endif
	switch (sc) {
	case PPM_SC_CLONE:
		value = args[0];
		break;
	case PPM_SC_CLONE3:	/* flags are the first member of struct clone_args */
		read_user(&value, 8, (void *)args[0]);
		break;
	case PPM_SC_PPOLL:
		value = user_timespec(args[2], mode);
		break;
	case PPM_SC_SENDFILE:
		if (args[2] && size == 4)
			read_user(&value, 4, (void *)args[2]);
		else if (args[2])
			read_user(&value, 8, (void *)args[2]);
		break;
	case PPM_SC_COPY_FILE_RANGE:
		if (args[3])
			read_user(&value, 8, (void *)args[3]);
		t->saved[1] = value;
		value = 0;
		if (args[1])
			read_user(&value, 8, (void *)args[1]);
		break;
	}
	t->saved[0] = value;
}

static __always_inline bool has_saved(u32 sc)
{
	return sc == PPM_SC_PPOLL || sc == PPM_SC_SENDFILE || sc == PPM_SC_COPY_FILE_RANGE || sc == PPM_SC_CLONE ||
	       sc == PPM_SC_CLONE3;
}

#if defined(HAS_ENTERED)
/* Remembers a call by its thread's place in "entered"; false: another thread is there, or the call has something to save. */
static __always_inline bool entered_put(u32 tid, u32 nr, u32 sc, u64 ts)
{
	struct syscope_entered *place = entered_find(tid);

	if (!place || has_saved(sc) || (place->enter_ns && (u32)place->call != tid))
		return false;
	/* Of two threads that come at the same moment one loses its time; the other one has its own, or this one's, as good. */
	*(volatile u64 *)&place->enter_ns = ts;
	*(volatile u64 *)&place->call = tid | (u64)(nr & 0xffff) << 32 | (u64)sc << 48;
	return true;
}

/* After these another task, or another number, may be where the call was made; or nothing comes after them. */
static __always_inline bool returns_elsewhere(u32 sc)
{
	return sc == PPM_SC_FORK || sc == PPM_SC_VFORK || sc == PPM_SC_EXECVE || sc == PPM_SC_EXECVEAT || sc == PPM_SC_EXIT ||
	       sc == PPM_SC_EXIT_GROUP;
}

/* The call that ends here, if its thread is known without asking for it; NULL if it must be asked for. */
static __always_inline struct syscope_entered *caller_entered(struct syscope_settings *set, struct pt_regs *regs, s64 nr)
{
	u64 at = caller_place(set, regs);
	u64 *caller = caller_find(at);
	struct syscope_entered *place;
	u32 tid;

	if (!caller)
		return NULL;
	tid = *caller & SYSCOPE_CALLER_TID;
	if (!tid || *caller != caller_word(at, tid))
		return NULL;
	place = entered_find(tid);
	if (!place || !place->enter_ns || (place->call & 0xffffffffffffULL) != (tid | (u64)(u32)nr << 32))
		return NULL;
	return place;
}
#endif

/* Remembers when the thread entered the call and what the call will overwrite. */
static __always_inline void thread_entered(struct pt_regs *regs, u64 *caller, u64 at, u32 tid, u32 nr, u32 sc, u64 ts,
					   bool compat)
{
	struct syscope_thread fresh = {.enter_ns = ts, .nr = nr, .sc = sc};
	struct syscope_thread *t;

#if defined(HAS_ENTERED)
	if (entered_put(tid, nr, sc, ts)) {
		if (caller && !compat && !returns_elsewhere(sc))
			*(volatile u64 *)caller = caller_word(at, tid);
		return;
	}
#endif
	t = thread_find(tid);
	if (!t) {
		if (thread_put(tid, &fresh)) {
			struct syscope_cpu *c = cpu_get(current_cpu());

			if (c)
				c->no_enter++;
			return;
		}
		t = thread_find(tid);
		if (!t)
			return;
	}
	t->nr = nr;
	t->sc = sc;
	t->enter_ns = ts;
	if (has_saved(sc))
		save_arguments(regs, t, nr, sc, compat);
}

#endif
