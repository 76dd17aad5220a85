// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Rings: one consumer reads, one or several CPUs write, in any context. Room is taken under a lock, filled without it; a
 * record's busy bit tells the consumer to wait for it. The layout is described in requests.h.
 */
#include <linux/hardirq.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>

#include "syscope.h"

#define BUSY 0x80000000U
#define RECORD_HEADER 8

struct record_header {
	u32 length;
	u32 spare;
};

static void free_pages_of(struct ring *ring)
{
	unsigned int i;

	for (i = 0; i < ring->page_count; i++)
		__free_page(ring->pages[i]);
	vfree(ring->pages);
}

/* Gives NULL where memory is short. bytes is a power of two and not less than a page. */
struct ring *ring_make(u64 bytes)
{
	struct ring *ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	unsigned int data_pages = bytes >> PAGE_SHIFT, i;
	struct page **twice;
	u8 *mapped;

	if (!ring)
		return NULL;
	raw_spin_lock_init(&ring->lock);
	ring->holder = -1;
	atomic_set(&ring->users, 1);
	ring->mask = bytes - 1;
	twice = vmalloc((2 * data_pages + 2) * sizeof(*twice));
	ring->pages = vmalloc((data_pages + 2) * sizeof(*twice));
	if (!twice || !ring->pages)
		goto failed;
	for (i = 0; i < data_pages + 2; i++) {
		struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO | __GFP_NOWARN | __GFP_NORETRY);

		if (!page)
			goto failed;
		ring->pages[ring->page_count++] = page;
		twice[i] = page;
		if (i >= 2)
			twice[i + data_pages] = page;
	}
	mapped = vmap(twice, 2 * data_pages + 2, VM_MAP, PAGE_KERNEL);
	if (!mapped)
		goto failed;
	vfree(twice);
	ring->consumer_page = (u64 *)mapped;
	ring->producer_page = (u64 *)(mapped + PAGE_SIZE);
	ring->data = mapped + 2 * PAGE_SIZE;
	return ring;
failed:
	vfree(twice);
	free_pages_of(ring);
	kfree(ring);
	return NULL;
}

struct ring *ring_share(struct ring *ring)
{
	atomic_inc(&ring->users);
	return ring;
}

/* Nobody may write any more when the last user drops it. Mappings keep their pages. */
void ring_drop(struct ring *ring)
{
	if (!ring || !atomic_dec_and_test(&ring->users))
		return;
	vunmap(ring->consumer_page);
	free_pages_of(ring);
	kfree(ring);
}

static void unlock(struct ring *ring, unsigned long flags)
{
	WRITE_ONCE(ring->holder, -1);
	raw_spin_unlock_irqrestore(&ring->lock, flags);
}

/* Room for a record, to be given to ring_done when it is written; NULL if there is none. */
void *ring_room(struct ring *ring, u64 size)
{
	u64 length = (size + RECORD_HEADER + 7) & ~7ULL;
	struct record_header *header;
	unsigned long flags;
	u64 at, read;

	/* Before 5.8 the first touch of the ring's own memory may fault, and a page fault is an event, too. */
	if (READ_ONCE(ring->holder) == raw_smp_processor_id())
		return NULL;
	if (in_nmi()) {
		/* The interrupted code may hold the lock. */
		if (!raw_spin_trylock_irqsave(&ring->lock, flags))
			return NULL;
	} else {
		raw_spin_lock_irqsave(&ring->lock, flags);
	}
	WRITE_ONCE(ring->holder, raw_smp_processor_id());
	read = smp_load_acquire(ring->consumer_page);
	at = ring->written;
	/* The consumer writes its position as it likes: what makes no sense leaves no room. */
	if (at + length - read > ring->mask + 1 || at - read > ring->mask + 1) {
		unlock(ring, flags);
		return NULL;
	}
	header = (struct record_header *)(ring->data + (at & ring->mask));
	WRITE_ONCE(header->length, (u32)size | BUSY);
	header->spare = 0;
	ring->written = at + length;
	smp_store_release(ring->producer_page, ring->written);
	unlock(ring, flags);
	return header + 1;
}

void ring_done(void *record)
{
	struct record_header *header = (struct record_header *)record - 1;

	smp_store_release(&header->length, header->length & ~BUSY);
}
