/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Events that are no calls: end of a task, context switch, signal delivery, page faults. */
#ifndef SYSCOPE_TRACEPOINTS_H
#define SYSCOPE_TRACEPOINTS_H

#include "event_writer.h"
#include "flags.h"
#include "tables.h"
#include "task.h"

#define SYSCOPE_PF_EXITING 4
#define GROUP_STEPS 32
#define ANCESTOR_STEPS 16

/* A thread of the task's group that is not on its way out, or 0. */
SUBPROGRAM int living_thread(u64 from)
{
	struct task_struct *task = (void *)from;
	struct signal_struct *signal = READ(task, signal);
	struct list_head *head = (void *)((u8 *)signal + OFFSET_OF(struct signal_struct, thread_head));
	struct list_head *node = READ(head, next);
	u32 i;

	UNROLL
	for (i = 0; i < GROUP_STEPS; i++) {
		struct task_struct *thread;

		if (!node || node == head)
			return 0;
		thread = (void *)((u8 *)node - OFFSET_OF(struct task_struct, thread_node));
		if (!(READ(thread, flags) & SYSCOPE_PF_EXITING))
			return READ(thread, pid);
		node = READ(node, next);
	}
	return -1;
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
/*
 * The task that becomes the parent of the children of one that ends, as the kernel will choose: a living thread of its
 * group, the nearest ancestor that asked for it in the same pid namespace, the namespace's init. -1: not found in time.
 */
SUBPROGRAM int reaper(u64 from)
{
	struct task_struct *task = (void *)from;
	u32 level = task_level(task);
	struct pid_namespace *ns = task_namespace(task);
	struct task_struct *init = READ(ns, child_reaper);
	struct signal_struct *signal = READ(task, signal);
	struct task_struct *ancestor = task;
	s32 found = living_thread((u64)task);
	s32 init_pid = READ(init, pid);
	u32 i;

	if (found)
		return found;
	if (init == task)
		return 0;
	if (!READ_BITS(signal, has_child_subreaper))
		return init_pid;
	UNROLL
	for (i = 0; i < ANCESTOR_STEPS; i++) {
		ancestor = READ(ancestor, real_parent);
		if (!ancestor || ancestor == init || task_level(ancestor) != level)
			return init_pid;
		signal = READ(ancestor, signal);
		if (!READ_BITS(signal, is_child_subreaper))
			continue;
		found = living_thread((u64)ancestor);
		if (found)
			return found;
	}
	return -1;
}

#endif

/* The current task ends: forgets it; says whether there is to be an event. */
static __always_inline bool process_ends(struct syscope_settings *set, struct task_struct *task)
{
	u64 ids = current_ids();

	if (!set)
		return false;
	thread_forget(ids);
	unmute(set, ids);
	if (!wanted(set, ids))
		return false;
	if (set->flags & SYSCOPE_ONLY_TRACED && READ(task, signal, live.counter) == 0)
		traced_forget(ids >> 32);
	return set->interest[PPM_SC_TP_PROCESS_EXIT] & SYSCOPE_INTEREST_EXIT;
}

static __always_inline bool has_children(struct task_struct *task)
{
	struct list_head *children = (void *)((u8 *)task + OFFSET_OF(struct task_struct, children));

	return READ(children, next) != children;
}

static __always_inline void process_ended(ctx_t ctx, struct syscope_settings *set, struct task_struct *task, s32 reaper_tid)
{
	s32 code = READ(task, exit_code);
	u8 *event = fixed_begin(ctx, set, current_cpu(), 62, 62, PPME_PROCEXIT_1_E, 5, (u32)current_ids());

	if (!event)
		return;
	*(u32 *)(event + 26) = 8 | 8 << 16;
	*(u32 *)(event + 30) = 1 | 1 << 16;
	*(u16 *)(event + 34) = 8;
	*(u64 *)(event + 36) = (s64)code;
	*(u64 *)(event + 44) = code >> 8 & 0xff;
	event[52] = code & 0x7f;
	event[53] = code >> 7 & 1;
	*(u64 *)(event + 54) = (s64)reaper_tid;
	fixed_end(ctx, set, event, 62);
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
/* sched_process_exit */
static __always_inline int process_exit(ctx_t ctx)
{
	struct task_struct *task = this_task();
	struct syscope_settings *set = settings_get();

	if (process_ends(set, task))
		process_ended(ctx, set, task, has_children(task) ? reaper((u64)task) : 0);
	return 0;
}
#endif

/* The current task, prev, leaves the CPU to the thread next_tid. */
static __always_inline int switched(ctx_t ctx, struct task_struct *prev, s32 next_tid)
{
	struct syscope_settings *set = settings_get();
	u64 ids = current_ids();
	struct scratch *s;

	if (!set || !(set->interest[PPM_SC_TP_SWITCH] & SYSCOPE_INTEREST_EXIT) || !wanted(set, ids))
		return 0;
	s = tracepoint_begin(set, ids, PPME_SCHEDSWITCH_6_E);
	if (!s)
		return 0;
	put_u64(s, next_tid);
	put_u64(s, READ(prev, maj_flt));
	put_u64(s, READ(prev, min_flt));
	put_memory(s, prev, set->page_shift);
	event_end(ctx, s);
	return 0;
}

/* sched_switch */
static __always_inline int context_switch(ctx_t ctx, struct task_struct *prev, struct task_struct *next)
{
	return switched(ctx, prev, READ(next, pid));
}

#define SYSCOPE_SIGKILL 9
#define SYSCOPE_SIGCHLD 17
#define SYSCOPE_SIGRTMIN 32

/* signal_deliver: the current task is about to handle a signal. */
static __always_inline int signal_delivered(ctx_t ctx, s32 sig, kernel_siginfo_t *info)
{
	struct syscope_settings *set = settings_get();
	u64 ids = current_ids();
	s32 sender = 0;
	u8 *event;

	if (!set || !(set->interest[PPM_SC_TP_SIGNAL_DELIVER] & SYSCOPE_INTEREST_EXIT) || !wanted(set, ids))
		return 0;
	/* The sender stands where other signals have an address: it is one only for those that a process has sent. */
	if (sig == SYSCOPE_SIGKILL || sig == SYSCOPE_SIGCHLD || sig >= SYSCOPE_SIGRTMIN || READ(info, si_code) <= 0)
		sender = READ(info, _sifields._kill._pid);
	event = fixed_begin(ctx, set, current_cpu(), 49, 49, PPME_SIGNALDELIVER_E, 3, (u32)ids);
	if (!event)
		return 0;
	*(u32 *)(event + 26) = 8 | 8 << 16;
	*(u16 *)(event + 30) = 1;
	*(u64 *)(event + 32) = (s64)sender;
	*(u64 *)(event + 40) = (u32)ids;
	event[48] = sig;
	fixed_end(ctx, set, event, 49);
	return 0;
}

/* page_fault_user and page_fault_kernel, of which sc tells which: at this address, by the instruction at ip. */
static __always_inline int page_fault(ctx_t ctx, u64 address, u64 ip, u64 error, u32 sc)
{
	struct syscope_settings *set = settings_get();
	u64 ids = current_ids();
	u8 *event;

	if (!set || !(set->interest[sc] & SYSCOPE_INTEREST_EXIT) || !wanted(set, ids))
		return 0;
	event = fixed_begin(ctx, set, current_cpu(), 52, 52, PPME_PAGE_FAULT_E, 3, (u32)ids);
	if (!event)
		return 0;
	*(u32 *)(event + 26) = 8 | 8 << 16;
	*(u16 *)(event + 30) = 4;
	*(u64 *)(event + 32) = address;
	*(u64 *)(event + 40) = ip;
	*(u32 *)(event + 48) = convert_page_fault(error);
	fixed_end(ctx, set, event, 52);
	return 0;
}

#endif
