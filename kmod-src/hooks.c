// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The probes on the kernel's tracepoints. Each runs once for each consumer, with preemption off, and neither sleeps nor
 * faults; what it then does stands in the code that all drivers share. Only tracepoints that some consumer wants are hooked.
 */
#include "driver.h"

#include <linux/hardirq.h>
#include <linux/module.h>
#include <linux/tracepoint.h>
#include <linux/vmalloc.h>

#include "calls_enter.h"
#include "calls_files.h"
#include "calls_network.h"
#include "calls_plain.h"
#include "calls_processes.h"
#include "calls_system.h"
#if defined(HAVE_IO_REQUEST)
#include "io_uring.h"
#endif
#include "tracepoints.h"
#include "vectors.h"

typedef int (*program_t)(ctx_t ctx);

static int exit_generic(ctx_t ctx);
static int enter_generic(ctx_t ctx);

static const program_t exits[SYSCOPE_SLOT_COUNT] = {
	[SYSCOPE_SLOT_GENERIC] = exit_generic,
	[SYSCOPE_SLOT_PLAIN] = exit_plain,
	[SYSCOPE_SLOT_OPEN] = exit_open,
	[SYSCOPE_SLOT_VECTOR] = exit_vector,
	[SYSCOPE_SLOT_POLL] = exit_poll,
	[SYSCOPE_SLOT_PIPE] = exit_pipe,
	[SYSCOPE_SLOT_SOCKET] = exit_socket,
	[SYSCOPE_SLOT_SEND] = exit_send,
	[SYSCOPE_SLOT_MESSAGE] = exit_message,
	[SYSCOPE_SLOT_SOCKOPT] = exit_sockopt,
	[SYSCOPE_SLOT_CLONE] = exit_clone,
	[SYSCOPE_SLOT_EXEC] = exit_exec,
	[SYSCOPE_SLOT_LIMITS] = exit_limits,
	[SYSCOPE_SLOT_CONTROL] = exit_control,
	[SYSCOPE_SLOT_QUOTA] = exit_quota,
};

static const program_t enters[SYSCOPE_SLOT_COUNT] = {
	[SYSCOPE_SLOT_GENERIC] = enter_generic,
	[SYSCOPE_SLOT_PLAIN] = enter_plain,
	[SYSCOPE_SLOT_ENTER] = enter_special,
};

#include "dispatch.h"

/* Written under the lock of device.c; a probe sees a consumer whole or not at all. */
struct consumer *consumers[CONSUMERS_MAX];

static struct lane *lane_of(int place)
{
	struct consumer *consumer = smp_load_acquire(&consumers[place]);

	return consumer && !READ_ONCE(consumer->stopped) ? &consumer->lanes[smp_processor_id()] : NULL;
}

/* Does the work once for each consumer. level is 1 where it uses the scratch space. */
#define FOR_EACH_CONSUMER(level, work)                              \
	do {                                                        \
		struct space *space;                                \
		struct lane *outer;                                 \
		int place;                                          \
                                                                    \
		preempt_disable_notrace();                          \
		space = this_cpu_ptr(&spaces);                      \
		outer = space->lane;                                \
		space->depth += level;                              \
		barrier();                                          \
		for (place = 0; place < CONSUMERS_MAX; place++) {   \
			struct lane *lane = lane_of(place);         \
                                                                    \
			if (!lane)                                  \
				continue;                           \
			space->lane = lane;                         \
			barrier();                                  \
			work;                                       \
		}                                                   \
		barrier();                                          \
		space->depth -= level;                              \
		space->lane = outer;                                \
		preempt_enable_notrace();                           \
	} while (0)

static void probe_sys_enter(void *data, struct pt_regs *regs, long id)
{
	FOR_EACH_CONSUMER(1, call_entered(NULL, regs, id));
}

static void probe_sys_exit(void *data, struct pt_regs *regs, long ret)
{
	FOR_EACH_CONSUMER(1, call_returned(NULL, regs, ret));
}

#if defined(HAVE_EXIT_GROUP_DEAD)
static void probe_process_exit(void *data, struct task_struct *task, bool group_dead)
#else
static void probe_process_exit(void *data, struct task_struct *task)
#endif
{
	rcu_read_lock();	/* before 4.20 the relatives that it looks at need more than preemption off */
	FOR_EACH_CONSUMER(1, process_exit(NULL));
	rcu_read_unlock();
}

static void probe_process_exec(void *data, struct task_struct *task, pid_t old_tid, struct linux_binprm *program)
{
	FOR_EACH_CONSUMER(1, process_exec(NULL, old_tid, program));
}

static void probe_process_fork(void *data, struct task_struct *parent, struct task_struct *child)
{
	FOR_EACH_CONSUMER(1, process_fork(NULL, parent, child));
}

#if defined(HAVE_SWITCH_STATE)
static void probe_switch(void *data, bool preempt, struct task_struct *prev, struct task_struct *next, unsigned int state)
#elif defined(HAVE_SWITCH_PREEMPT)
static void probe_switch(void *data, bool preempt, struct task_struct *prev, struct task_struct *next)
#else
static void probe_switch(void *data, struct task_struct *prev, struct task_struct *next)
#endif
{
	FOR_EACH_CONSUMER(1, context_switch(NULL, prev, next));
}

static void probe_signal(void *data, int sig, kernel_siginfo_t *info, struct k_sigaction *action)
{
	FOR_EACH_CONSUMER(1, signal_delivered(NULL, sig, info));
}

/* A page fault may interrupt another probe, whose copy from user memory has met an absent page. */
static void page_fault_at(unsigned long address, struct pt_regs *regs, unsigned long error, u32 sc)
{
#if !defined(HAVE_BOOT_FAST)
	if (in_nmi())	/* the clock is not safe there */
		return;
#endif
	FOR_EACH_CONSUMER(0, page_fault(NULL, address, instruction_pointer(regs), error, sc));
}

static void probe_page_fault_user(void *data, unsigned long address, struct pt_regs *regs, unsigned long error)
{
	page_fault_at(address, regs, error, PPM_SC_TP_PAGE_FAULT_USER);
}

static void probe_page_fault_kernel(void *data, unsigned long address, struct pt_regs *regs, unsigned long error)
{
	page_fault_at(address, regs, error, PPM_SC_TP_PAGE_FAULT_KERNEL);
}

#if defined(HAVE_IO_REQUEST)
#if defined(HAVE_IO_SUBMIT_REQ)
#define IO_SUBMIT "io_uring_submit_req"
static void probe_io_submit(void *data, struct io_kiocb *request)
#else
#define IO_SUBMIT "io_uring_submit_sqe"
static void probe_io_submit(void *data, struct io_kiocb *request, bool force_nonblock)
#endif
{
	FOR_EACH_CONSUMER(0, request_submitted(request));
}

#if defined(HAVE_IO_COMPLETE_EXTRA)
static void probe_io_complete(void *data, void *ring, void *request, u64 user_data, int res, unsigned int flags, u64 extra1,
			      u64 extra2)
#else
static void probe_io_complete(void *data, struct io_ring_ctx *ring, void *request, struct io_uring_cqe *cqe)
#endif
{
	FOR_EACH_CONSUMER(0, request_completed(NULL, request));
}
#endif

static bool wants(const struct syscope_settings *set, u32 sc)
{
	return set->interest[sc] & SYSCOPE_INTEREST_EXIT;
}

static bool always(const struct syscope_settings *set)
{
	return true;
}

static bool wants_enter(const struct syscope_settings *set)
{
	unsigned int i;

	if (set->flags & SYSCOPE_LATENCY)
		return true;
	for (i = 0; i < SYSCOPE_INTEREST_SIZE; i++)
		if (set->interest[i] & SYSCOPE_INTEREST_ENTER)
			return true;
	return false;
}

static bool wants_exec(const struct syscope_settings *set)
{
	return wants(set, PPM_SC_EXECVE) || wants(set, PPM_SC_EXECVEAT);
}

static bool wants_switch(const struct syscope_settings *set)
{
	return wants(set, PPM_SC_TP_SWITCH);
}

static bool wants_signal(const struct syscope_settings *set)
{
	return wants(set, PPM_SC_TP_SIGNAL_DELIVER);
}

static bool wants_page_fault_user(const struct syscope_settings *set)
{
	return wants(set, PPM_SC_TP_PAGE_FAULT_USER);
}

static bool wants_page_fault_kernel(const struct syscope_settings *set)
{
	return wants(set, PPM_SC_TP_PAGE_FAULT_KERNEL);
}

#if defined(HAVE_IO_REQUEST)
static bool wants_operations(const struct syscope_settings *set)
{
	return wants(set, PPM_SC_IO_URING_ENTER);
}
#endif

struct hook {
	const char *name;	/* of the tracepoint */
	void *probe;
	bool (*wanted)(const struct syscope_settings *set);
	struct tracepoint *tracepoint;
	bool registered;
};

/* In the order of SYSCOPE_HOOK_*, in which they are hooked: a call's end last of what is about calls, and the first to go. */
static struct hook hooks[] = {
	[SYSCOPE_HOOK_PROCESS_EXIT] = {"sched_process_exit", probe_process_exit, always},
	[SYSCOPE_HOOK_PROCESS_EXEC] = {"sched_process_exec", probe_process_exec, wants_exec},
	[SYSCOPE_HOOK_PROCESS_FORK] = {"sched_process_fork", probe_process_fork, always},
	[SYSCOPE_HOOK_SWITCH] = {"sched_switch", probe_switch, wants_switch},
	[SYSCOPE_HOOK_SIGNAL] = {"signal_deliver", probe_signal, wants_signal},
	[SYSCOPE_HOOK_PAGE_FAULT_USER] = {"page_fault_user", probe_page_fault_user, wants_page_fault_user},
	[SYSCOPE_HOOK_PAGE_FAULT_KERNEL] = {"page_fault_kernel", probe_page_fault_kernel, wants_page_fault_kernel},
	[SYSCOPE_HOOK_SYS_ENTER] = {"sys_enter", probe_sys_enter, wants_enter},
	[SYSCOPE_HOOK_SYS_EXIT] = {"sys_exit", probe_sys_exit, always},
#if defined(HAVE_IO_REQUEST)
	[SYSCOPE_HOOK_IO_SUBMIT] = {IO_SUBMIT, probe_io_submit, wants_operations},
	[SYSCOPE_HOOK_IO_COMPLETE] = {"io_uring_complete", probe_io_complete, wants_operations},
#endif
};

#if defined(HAVE_TRACEPOINT_LOOKUP)
static void hook_found(struct tracepoint *tracepoint, void *unused)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hooks); i++)
		if (!strcmp(tracepoint->name, hooks[i].name))
			hooks[i].tracepoint = tracepoint;
}

/* Most of these tracepoints are not exported: they are found by name. */
int hooks_find(void)
{
	for_each_kernel_tracepoint(hook_found, NULL);
	if (!hooks[SYSCOPE_HOOK_SYS_EXIT].tracepoint) {
		pr_err("syscope: the kernel has no tracepoint sys_exit (CONFIG_FTRACE_SYSCALLS)\n");
		return -ENODEV;
	}
	return 0;
}

static int hook_register(struct hook *hook)
{
	return hook->tracepoint ? tracepoint_probe_register(hook->tracepoint, hook->probe, NULL) : -ENOENT;
}

static void hook_unregister(struct hook *hook)
{
	tracepoint_probe_unregister(hook->tracepoint, hook->probe, NULL);
}

static bool hook_there(const struct hook *hook)
{
	return hook->tracepoint;
}
#else
/* Up to 3.14 the kernel itself looks for the name, and takes one that it does not have. */
int hooks_find(void)
{
	return 0;
}

static int hook_register(struct hook *hook)
{
	return tracepoint_probe_register(hook->name, hook->probe, NULL);
}

static void hook_unregister(struct hook *hook)
{
	tracepoint_probe_unregister(hook->name, hook->probe, NULL);
}

static bool hook_there(const struct hook *hook)
{
	return true;
}
#endif

/* Bit: number of a hook that the kernel has. */
u32 hooks_known(void)
{
	u32 known = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hooks); i++)
		known |= hook_there(&hooks[i]) ? 1U << i : 0;
	return known;
}

static bool anybody_wants(const struct hook *hook)
{
	int place;

	for (place = 0; place < CONSUMERS_MAX; place++)
		if (consumers[place] && !consumers[place]->stopped && hook->wanted(&consumers[place]->settings))
			return true;
	return false;
}

/* Hooks what is wanted now and no more. The caller holds the lock of device.c. */
int hooks_update(void)
{
	unsigned int i;
	int failed;

	for (i = ARRAY_SIZE(hooks); i-- > 0;) {
		if (hooks[i].registered && !anybody_wants(&hooks[i])) {
			hook_unregister(&hooks[i]);
			hooks[i].registered = false;
		}
	}
	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		if (hooks[i].registered || !hook_there(&hooks[i]) || !anybody_wants(&hooks[i]))
			continue;
		failed = hook_register(&hooks[i]);
		if (failed) {
			pr_err("syscope: tracepoint %s: error %d\n", hooks[i].name, failed);
			return failed;
		}
		hooks[i].registered = true;
	}
	return 0;
}

/* Returns when no probe runs that may have seen what was changed before. */
void hooks_wait(void)
{
	tracepoint_synchronize_unregister();
}

/*
 * Makes the scratch spaces, of CPUs that have not come yet, too: what is lost there until they have a ring is counted. The
 * caller holds the lock of device.c.
 */
int hooks_spaces(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct space *space = per_cpu_ptr(&spaces, cpu);
		struct scratch *scratch;

		if (space->scratch)
			continue;
		scratch = vzalloc(sizeof(*scratch));
		if (!scratch)
			return -ENOMEM;
		smp_store_release(&space->scratch, scratch);
	}
	return 0;
}

/* Nothing is hooked any more. */
void hooks_free(void)
{
	unsigned int cpu;

	hooks_wait();
	for_each_possible_cpu(cpu)
		vfree(per_cpu_ptr(&spaces, cpu)->scratch);
}
