/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The module's own structures. A consumer is one program that traces: its settings, its sets, and a lane for each CPU with
 * the counters of what happened there and the ring that its events go to. Several consumers know nothing of each other.
 */
#ifndef SYSCOPE_MODULE_H
#define SYSCOPE_MODULE_H

#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include "interface.h"
#include "requests.h"
#include "scratch.h"

#define CONSUMERS_MAX 8
#define EVENT_TYPE_COUNT 512

/* 4 entries a set: a thread finds its place in one cache line or two, and no lock is needed. */
#define THREAD_WAYS 4
#define THREAD_SETS (SYSCOPE_CALLS_MAX / THREAD_WAYS)
#define TGID_LIMIT (4 * 1024 * 1024)	/* the kernel's own limit of process ids */

struct thread_place {
	u32 tid;	/* 0: free */
	struct syscope_thread value;
};

/* The same for operations of io_uring, by the address of the kernel's request. */
#define OPERATION_WAYS 4
#define OPERATION_SET_BITS 12

struct operation_place {
	u64 request;	/* 0: free */
	struct operation value;
};

/* Read by the consumer through mmap; see ring.c. */
struct ring {
	raw_spinlock_t lock;
	int holder;	/* CPU that has the lock, -1 for none */
	atomic_t users;
	u64 mask;	/* size of the data in bytes, less one */
	u64 written;	/* bytes, grows only */
	u64 *consumer_page;	/* u64: how far the consumer has read */
	u64 *producer_page;	/* u64: up to where there are records */
	u8 *data;	/* the data's pages twice in a row */
	struct page **pages;
	unsigned int page_count;
};

struct lane {
	struct consumer *consumer;
	struct ring *ring;
	/* One page, mapped by the consumer: struct syscope_cpu, then the losses by event type. */
	struct syscope_cpu *counters;
};

struct consumer {
	atomic_t users;		/* open files */
	int place;		/* in the list of consumers; below 0: not there */
	bool stopped;
	struct syscope_settings settings;
	struct thread_place *threads;	/* THREAD_SETS * THREAD_WAYS */
	struct operation_place *operations;	/* OPERATION_WAYS << OPERATION_SET_BITS */
	struct syscope_mute *mutes;	/* SYSCOPE_MUTE_SLOTS, mapped by the consumer */
	unsigned long *traced;	/* bit: tgid */
	atomic_t traced_count;
	u64 __percpu *lost_types;	/* EVENT_TYPE_COUNT on each CPU */
	struct lane lanes[];	/* by CPU */
};

/* ring.c */
struct ring *ring_make(u64 bytes);
struct ring *ring_share(struct ring *ring);
void ring_drop(struct ring *ring);
void *ring_room(struct ring *ring, u64 size);
void ring_done(void *record);

/* consumer.c */
struct consumer *consumer_make(void);
void consumer_free(struct consumer *consumer);
struct syscope_thread *consumer_thread(struct consumer *consumer, u32 tid);
int consumer_thread_put(struct consumer *consumer, u32 tid, const struct syscope_thread *value);
void consumer_thread_forget(struct consumer *consumer, u32 tid);
struct operation *consumer_operation(struct consumer *consumer, u64 request);
int consumer_operation_put(struct consumer *consumer, u64 request, const struct operation *value);
void consumer_operation_forget(struct consumer *consumer, u64 request);

/* hooks.c */
extern struct consumer *consumers[CONSUMERS_MAX];
int hooks_find(void);
u32 hooks_known(void);
int hooks_update(void);
void hooks_wait(void);
int hooks_spaces(void);
void hooks_free(void);

/* device.c */
int devices_make(void);
void devices_remove(void);

#endif
