/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Events that are no calls: end of a task, context switch, signal delivery, page faults. */
#ifndef SYSCOPE_TRACEPOINTS_H
#define SYSCOPE_TRACEPOINTS_H

#include "event_writer.h"
#include "flags.h"
#include "tables.h"
#include "task.h"

#define PF_EXITING 4
#define GROUP_STEPS 32
#define ANCESTOR_STEPS 16

/* A thread of the task's group that is not on its way out, or 0. */
__noinline int living_thread(u64 from)
{
	struct task_struct *task = (void *)from;
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	struct list_head *head = (void *)((u8 *)signal + bpf_core_field_offset(struct signal_struct, thread_head));
	struct list_head *node = BPF_CORE_READ(head, next);
	u32 i;

	for (i = 0; i < GROUP_STEPS; i++) {
		struct task_struct *thread;

		if (!node || node == head)
			return 0;
		thread = (void *)((u8 *)node - bpf_core_field_offset(struct task_struct, thread_node));
		if (!(BPF_CORE_READ(thread, flags) & PF_EXITING))
			return BPF_CORE_READ(thread, pid);
		node = BPF_CORE_READ(node, next);
	}
	return -1;
}

/*
 * The task that becomes the parent of the children of one that ends, as the kernel will choose: a living thread of its
 * group, the nearest ancestor that asked for it in the same pid namespace, the namespace's init. -1: not found in time.
 */
__noinline int reaper(u64 from)
{
	struct task_struct *task = (void *)from;
	u32 level = task_level(task);
	struct pid_namespace *ns = task_namespace(task);
	struct task_struct *init = BPF_CORE_READ(ns, child_reaper);
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	struct task_struct *ancestor = task;
	s32 found = living_thread((u64)task);
	s32 init_pid = BPF_CORE_READ(init, pid);
	u32 i;

	if (found)
		return found;
	if (init == task)
		return 0;
	if (!BPF_CORE_READ_BITFIELD_PROBED(signal, has_child_subreaper))
		return init_pid;
	for (i = 0; i < ANCESTOR_STEPS; i++) {
		ancestor = BPF_CORE_READ(ancestor, real_parent);
		if (!ancestor || ancestor == init || task_level(ancestor) != level)
			return init_pid;
		signal = BPF_CORE_READ(ancestor, signal);
		if (!BPF_CORE_READ_BITFIELD_PROBED(signal, is_child_subreaper))
			continue;
		found = living_thread((u64)ancestor);
		if (found)
			return found;
	}
	return -1;
}

SEC("tp_btf/sched_process_exit")
int sched_process_exit(u64 *ctx)
{
	struct task_struct *task = current_task();	/* ctx[0], which may not be given to a global function */
	struct syscope_settings *set = settings_get();
	u64 ids = bpf_get_current_pid_tgid();
	u32 tid = ids, tgid = ids >> 32;
	struct list_head *children;
	s32 code, reaper_tid = 0;
	u8 *event;

	if (!set)
		return 0;
	bpf_map_delete_elem(&threads, &tid);
	if (!wanted(set, ids))
		return 0;
	if (set->flags & SYSCOPE_ONLY_TRACED && BPF_CORE_READ(task, signal, live.counter) == 0)
		bpf_map_delete_elem(&traced, &tgid);
	if (!(set->interest[PPM_SC_TP_PROCESS_EXIT] & SYSCOPE_INTEREST_EXIT))
		return 0;
	children = (void *)((u8 *)task + bpf_core_field_offset(struct task_struct, children));
	if (BPF_CORE_READ(children, next) != children)
		reaper_tid = reaper((u64)task);
	code = BPF_CORE_READ(task, exit_code);
	event = fixed_begin(set, bpf_get_smp_processor_id(), 62, 62, PPME_PROCEXIT_1_E, 5, tid);
	if (!event)
		return 0;
	*(u32 *)(event + 26) = 8 | 8 << 16;
	*(u32 *)(event + 30) = 1 | 1 << 16;
	*(u16 *)(event + 34) = 8;
	*(u64 *)(event + 36) = (s64)code;
	*(u64 *)(event + 44) = code >> 8 & 0xff;
	event[52] = code & 0x7f;
	event[53] = code >> 7 & 1;
	*(u64 *)(event + 54) = (s64)reaper_tid;
	bpf_ringbuf_submit(event - RECORD_HEAD, set->ring_flags);
	return 0;
}

SEC("tp_btf/sched_switch")
int sched_switch(u64 *ctx)
{
	struct task_struct *prev = (struct task_struct *)ctx[1];
	struct task_struct *next = (struct task_struct *)ctx[2];
	struct syscope_settings *set = settings_get();
	u64 ids = bpf_get_current_pid_tgid();
	struct scratch *s;

	if (!set || !(set->interest[PPM_SC_TP_SWITCH] & SYSCOPE_INTEREST_EXIT) || !wanted(set, ids))
		return 0;
	s = tracepoint_begin(set, ids, PPME_SCHEDSWITCH_6_E);
	if (!s)
		return 0;
	put_u64(s, BPF_CORE_READ(next, pid));
	put_u64(s, BPF_CORE_READ(prev, maj_flt));
	put_u64(s, BPF_CORE_READ(prev, min_flt));
	put_memory(s, prev, set->page_shift);
	event_end(s);
	return 0;
}

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGKILL 9
#define SIGTERM 15
#define SIGCHLD 17
#define SIGTSTP 20
#define SIGRTMIN 32

SEC("tp_btf/signal_deliver")
int signal_deliver(u64 *ctx)
{
	s32 sig = ctx[0];
	struct kernel_siginfo *info = (struct kernel_siginfo *)ctx[1];
	struct syscope_settings *set = settings_get();
	u64 ids = bpf_get_current_pid_tgid();
	s32 sender = 0;
	u8 *event;

	if (!set || !(set->interest[PPM_SC_TP_SIGNAL_DELIVER] & SYSCOPE_INTEREST_EXIT) || !wanted(set, ids))
		return 0;
	/* The sender stands where other signals have an address: it is one only for those that a process has sent. */
	if (sig == SIGKILL || sig == SIGCHLD || sig >= SIGRTMIN || BPF_CORE_READ(info, si_code) <= 0)
		sender = BPF_CORE_READ(info, _sifields._kill._pid);
	event = fixed_begin(set, bpf_get_smp_processor_id(), 49, 49, PPME_SIGNALDELIVER_E, 3, (u32)ids);
	if (!event)
		return 0;
	*(u32 *)(event + 26) = 8 | 8 << 16;
	*(u16 *)(event + 30) = 1;
	*(u64 *)(event + 32) = (s64)sender;
	*(u64 *)(event + 40) = (u32)ids;
	event[48] = sig;
	bpf_ringbuf_submit(event - RECORD_HEAD, set->ring_flags);
	return 0;
}

#if defined(__TARGET_ARCH_x86)
static __always_inline int page_fault(u64 *ctx, u32 sc)
{
	struct pt_regs *regs = (struct pt_regs *)ctx[1];
	struct syscope_settings *set = settings_get();
	u64 ids = bpf_get_current_pid_tgid();
	u8 *event;

	if (!set || !(set->interest[sc] & SYSCOPE_INTEREST_EXIT) || !wanted(set, ids))
		return 0;
	event = fixed_begin(set, bpf_get_smp_processor_id(), 52, 52, PPME_PAGE_FAULT_E, 3, (u32)ids);
	if (!event)
		return 0;
	*(u32 *)(event + 26) = 8 | 8 << 16;
	*(u16 *)(event + 30) = 4;
	*(u64 *)(event + 32) = ctx[0];
	*(u64 *)(event + 40) = BPF_CORE_READ(regs, ip);
	*(u32 *)(event + 48) = convert_page_fault(ctx[2]);
	bpf_ringbuf_submit(event - RECORD_HEAD, set->ring_flags);
	return 0;
}

SEC("tp_btf/page_fault_user")
int page_fault_user(u64 *ctx)
{
	return page_fault(ctx, PPM_SC_TP_PAGE_FAULT_USER);
}

SEC("tp_btf/page_fault_kernel")
int page_fault_kernel(u64 *ctx)
{
	return page_fault(ctx, PPM_SC_TP_PAGE_FAULT_KERNEL);
}
#endif

#endif
