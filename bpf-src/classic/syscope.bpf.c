/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The classic driver: programs for Linux 4.14 and newer, compiled for one kernel against its headers, that write events of
 * the .scap format into one perf ring per CPU. ../shared has what they do, chains.h how long events are put together, this
 * file where programs are attached: to raw tracepoints (4.17), before those to tracepoints, whose arguments are copies.
 */
#include "driver.h"

#include "calls_plain.h"
#include "calls_system.h"
#include "chains.h"
#if defined(HAS_IO_REQUEST)
#include "io_uring.h"
#endif

char LICENSE[] SEC("license") = "Dual MIT/GPL";

/* What the loader wants to know before it loads anything. */
const char RELEASE[] SEC("release") = SYSCOPE_RELEASE;
const char IDENTITY[] SEC("identity") = SYSCOPE_IDENTITY;
#if defined(HAS_KTIME_BOOT)
const char CLOCK[] SEC("clock") = "boottime";
#else
const char CLOCK[] SEC("clock") = "monotonic";
#endif

#if defined(HAS_RAW_TRACEPOINT)

HOOK(raw_syscalls, sys_enter)
{
	struct pt_regs regs;

	helper_read_kernel(&regs, sizeof(regs), (void *)ctx[0]);
	return call_entered(ctx, &regs, ctx[1]);
}

HOOK(raw_syscalls, sys_exit)
{
	struct pt_regs regs;

	helper_read_kernel(&regs, sizeof(regs), (void *)ctx[0]);
	return call_returned(ctx, &regs, ctx[1]);
}

HOOK(sched, sched_process_exec)
{
	return executed(ctx, ctx[1], (u64)READ((struct linux_binprm *)ctx[2], filename));
}

HOOK(sched, sched_process_fork)
{
	struct task_struct *parent = (struct task_struct *)ctx[0];
	struct task_struct *child = (struct task_struct *)ctx[1];

	process_fork(ctx, parent, child);
#if defined(SYSCOPE_AARCH64)
	return forked(ctx, parent, child);
#else
	return 0;
#endif
}

HOOK(sched, sched_switch)
{
	return context_switch(ctx, (struct task_struct *)ctx[1], (struct task_struct *)ctx[2]);
}

HOOK(signal, signal_deliver)
{
	return signal_delivered(ctx, ctx[0], (kernel_siginfo_t *)ctx[1]);
}

#if defined(HAS_IO_REQUEST)
#if defined(HAS_IO_SUBMIT_REQ)
HOOK(io_uring, io_uring_submit_req)
#else
HOOK(io_uring, io_uring_submit_sqe)
#endif
{
	return request_submitted((struct io_kiocb *)ctx[0]);
}

HOOK(io_uring, io_uring_complete)
{
	return request_completed(ctx, (struct io_kiocb *)ctx[1]);
}
#endif

#if defined(SYSCOPE_X86_64)
HOOK(exceptions, page_fault_user)
{
	return page_fault(ctx, ctx[0], READ((struct pt_regs *)ctx[1], ip), ctx[2], PPM_SC_TP_PAGE_FAULT_USER);
}

HOOK(exceptions, page_fault_kernel)
{
	return page_fault(ctx, ctx[0], READ((struct pt_regs *)ctx[1], ip), ctx[2], PPM_SC_TP_PAGE_FAULT_KERNEL);
}
#endif

#else

/* The arguments begin behind 8 bytes that all tracepoints have. */

static __always_inline void registers_get(struct pt_regs *regs)
{
	u64 stack = (u64)READ(this_task(), stack);

#if defined(TOP_OF_KERNEL_STACK_PADDING)
	stack -= TOP_OF_KERNEL_STACK_PADDING;
#endif
	helper_read_kernel(regs, sizeof(*regs), (struct pt_regs *)(stack + THREAD_SIZE) - 1);
}

HOOK(raw_syscalls, sys_enter)
{
	struct pt_regs regs;

	registers_get(&regs);
	return call_entered(ctx, &regs, ctx[1]);
}

/*
 * sched_process_fork tells no groups here: a child joins the traced ones when it returns from its first call. One that finds no
 * room tries again with each call that gives 0, and each counts as lost.
 */
static __always_inline void child_joins(s64 ret)
{
	struct syscope_settings *set = settings_get();
	struct task_struct *task = this_task();
	u32 tgid = current_ids() >> 32;

	if (ret || !set || !(set->flags & SYSCOPE_ONLY_TRACED) || traced_find(tgid))
		return;
	if (traced_find(READ(task, real_parent, tgid)) && traced_put(tgid))
		count_untraced(set);
}

HOOK(raw_syscalls, sys_exit)
{
	struct pt_regs regs;

	registers_get(&regs);
	child_joins(ctx[2]);
	return call_returned(ctx, &regs, ctx[2]);
}

HOOK(sched, sched_process_exec)
{
	u32 *words = (u32 *)ctx;	/* place of the name, pid, old pid */

	return executed(ctx, words[4], (u64)ctx + (words[2] & 0xffff));
}

HOOK(sched, sched_switch)
{
	return switched(ctx, this_task(), ((s32 *)ctx)[14]);
}

/* The sender is not told here. */
HOOK(signal, signal_deliver)
{
	return signal_delivered(ctx, ((s32 *)ctx)[2], NULL);
}

#if defined(SYSCOPE_X86_64)
HOOK(exceptions, page_fault_user)
{
	return page_fault(ctx, ctx[1], ctx[2], ctx[3], PPM_SC_TP_PAGE_FAULT_USER);
}

HOOK(exceptions, page_fault_kernel)
{
	return page_fault(ctx, ctx[1], ctx[2], ctx[3], PPM_SC_TP_PAGE_FAULT_KERNEL);
}
#endif

#endif

HOOK(sched, sched_process_exit)
{
	return process_left(ctx);
}
