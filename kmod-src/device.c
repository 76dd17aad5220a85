// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The character devices: one for each CPU that may come. requests.h says how they are used. */
#include <linux/capability.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "features.h"
#include "syscope.h"

#define RING_MAX (1ULL << 30)

/* An open device. */
struct opened {
	unsigned int cpu;
	struct consumer *consumer;	/* NULL until it begins or joins */
};

/* Guards all that open devices have, the list of consumers and what is hooked. Probes do without. */
static DEFINE_MUTEX(lock);

static struct class *class;
static struct cdev cdev;
static dev_t first;
static unsigned int devices;

static const struct file_operations operations;

static int device_open(struct inode *inode, struct file *file)
{
	struct opened *opened;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	opened = kzalloc(sizeof(*opened), GFP_KERNEL);
	if (!opened)
		return -ENOMEM;
	opened->cpu = iminor(inode);
	file->private_data = opened;
	return 0;
}

static void withdraw(struct consumer *consumer)
{
	if (consumer->place < 0)
		return;
	smp_store_release(&consumers[consumer->place], NULL);
	consumer->place = -1;
	hooks_update();
	hooks_wait();
}

static int device_release(struct inode *inode, struct file *file)
{
	struct opened *opened = file->private_data;

	mutex_lock(&lock);
	if (opened->consumer && atomic_dec_and_test(&opened->consumer->users)) {
		withdraw(opened->consumer);
		consumer_free(opened->consumer);
	}
	mutex_unlock(&lock);
	kfree(opened);
	return 0;
}

static long begin(struct opened *opened, unsigned long version)
{
	if (version != SYSCOPE_ABI_VERSION)
		return -EPROTO;
	if (opened->consumer)
		return -EINVAL;
	if (hooks_spaces())
		return -ENOMEM;
	opened->consumer = consumer_make();
	return opened->consumer ? 0 : -ENOMEM;
}

/* What another descriptor of the caller stands for, if it is a device of ours. Holds the file. */
static struct file *other(unsigned long fd)
{
	struct file *file = fget(fd);

	if (file && file->f_op != &operations) {
		fput(file);
		return NULL;
	}
	return file;
}

static long join(struct opened *opened, unsigned long fd)
{
	struct file *file = other(fd);
	struct opened *began;
	long failed = -EINVAL;

	if (!file)
		return -EBADF;
	began = file->private_data;
	if (began->consumer && !opened->consumer) {
		atomic_inc(&began->consumer->users);
		smp_store_release(&opened->consumer, began->consumer);
		failed = 0;
	}
	fput(file);
	return failed;
}

static long give_ring(struct opened *opened, const void __user *from)
{
	struct consumer *consumer = opened->consumer;
	struct syscope_ring_request request;
	struct ring *ring = NULL;

	if (copy_from_user(&request, from, sizeof(request)))
		return -EFAULT;
	if (consumer->lanes[opened->cpu].ring)
		return -EBUSY;
	if (request.share_with >= 0) {
		struct file *file = other(request.share_with);
		struct opened *owner = file ? file->private_data : NULL;

		if (owner && owner->consumer == consumer && consumer->lanes[owner->cpu].ring)
			ring = ring_share(consumer->lanes[owner->cpu].ring);
		if (file)
			fput(file);
		if (!ring)
			return -EBADF;
	} else {
		if (!is_power_of_2(request.bytes) || request.bytes < PAGE_SIZE || request.bytes > RING_MAX)
			return -EINVAL;
		ring = ring_make(request.bytes);
		if (!ring)
			return -ENOMEM;
	}
	smp_store_release(&consumer->lanes[opened->cpu].ring, ring);
	return 0;
}

/* The first settings make the consumer known to the probes. */
static long settings(struct consumer *consumer, const void __user *from)
{
	struct syscope_settings *fresh = kmalloc(sizeof(*fresh), GFP_KERNEL);
	long failed = 0;
	int place;

	if (!fresh)
		return -ENOMEM;
	if (copy_from_user(fresh, from, sizeof(*fresh)))
		failed = -EFAULT;
	else if (fresh->snaplen > SYSCOPE_SNAPLEN_MAX || fresh->page_shift != PAGE_SHIFT)
		failed = -EINVAL;
	if (!failed)
		consumer->settings = *fresh;
	kfree(fresh);
	if (failed || consumer->stopped)
		return failed;
	if (consumer->place < 0) {
		for (place = 0; place < CONSUMERS_MAX && consumers[place]; place++)
			;
		if (place == CONSUMERS_MAX)
			return -EBUSY;
		consumer->place = place;
		smp_store_release(&consumers[place], consumer);
	}
	failed = hooks_update();
	if (failed)
		withdraw(consumer);
	return failed;
}

static long stop(struct consumer *consumer)
{
	WRITE_ONCE(consumer->stopped, true);
	withdraw(consumer);
	return 0;
}

static long trace(struct consumer *consumer, unsigned long tgid)
{
	if (!tgid || tgid >= TGID_LIMIT)
		return -EINVAL;
	if (!test_and_set_bit(tgid, consumer->traced))
		atomic_inc(&consumer->traced_count);
	return 0;
}

static long forget(struct consumer *consumer, unsigned long tgid)
{
	if (tgid >= TGID_LIMIT)
		return -EINVAL;
	if (test_and_clear_bit(tgid, consumer->traced))
		atomic_dec(&consumer->traced_count);
	return 0;
}

static long calls_in_flight(struct consumer *consumer, struct syscope_call __user *to)
{
	long count = 0;
	int i;

	for (i = 0; i < THREAD_SETS * THREAD_WAYS; i++) {
		const struct thread_place *place = consumer->threads + i;
		struct syscope_call call = {.tid = READ_ONCE(place->tid), .value = place->value};

		if (!call.tid || !call.value.enter_ns)
			continue;
		if (copy_to_user(to + count++, &call, sizeof(call)))
			return -EFAULT;
		cond_resched();
	}
	return count;
}

static long lost_types(struct consumer *consumer, void __user *to)
{
	u64 *sums = kcalloc(EVENT_TYPE_COUNT, sizeof(*sums), GFP_KERNEL);
	unsigned int cpu, type;
	long failed;

	if (!sums)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		for (type = 0; type < EVENT_TYPE_COUNT; type++)
			sums[type] += per_cpu_ptr(consumer->lost_types, cpu)[type];
	failed = copy_to_user(to, sums, EVENT_TYPE_COUNT * sizeof(*sums)) ? -EFAULT : 0;
	kfree(sums);
	return failed;
}

static long answer(struct opened *opened, unsigned int request, unsigned long argument)
{
	switch (request) {
	case SYSCOPE_REQUEST_VERSION:
		return SYSCOPE_ABI_VERSION;
	case SYSCOPE_REQUEST_CPUS:
		return devices;
	case SYSCOPE_REQUEST_HOOKS:
		return hooks_known();
	case SYSCOPE_REQUEST_BEGIN:
		return begin(opened, argument);
	case SYSCOPE_REQUEST_JOIN:
		return join(opened, argument);
	}
	if (!opened->consumer)
		return -EINVAL;
	switch (request) {
	case SYSCOPE_REQUEST_RING:
		return give_ring(opened, (const void __user *)argument);
	case SYSCOPE_REQUEST_SETTINGS:
		return settings(opened->consumer, (const void __user *)argument);
	case SYSCOPE_REQUEST_STOP:
		return stop(opened->consumer);
	case SYSCOPE_REQUEST_TRACE:
		return trace(opened->consumer, argument);
	case SYSCOPE_REQUEST_FORGET:
		return forget(opened->consumer, argument);
	case SYSCOPE_REQUEST_TRACES:
		return argument < TGID_LIMIT && test_bit(argument, opened->consumer->traced);
	case SYSCOPE_REQUEST_CALLS:
		return calls_in_flight(opened->consumer, (struct syscope_call __user *)argument);
	case SYSCOPE_REQUEST_TRACED:
		return atomic_read(&opened->consumer->traced_count);
	case SYSCOPE_REQUEST_LOST_TYPES:
		return lost_types(opened->consumer, (void __user *)argument);
	}
	return -ENOTTY;
}

static long device_ioctl(struct file *file, unsigned int request, unsigned long argument)
{
	long result;

	if (mutex_lock_interruptible(&lock))
		return -EINTR;
	result = answer(file->private_data, request, argument);
	mutex_unlock(&lock);
	return result;
}

static void forbid_writing(struct vm_area_struct *vma)
{
#if defined(HAVE_VM_FLAGS_SET)
	vm_flags_clear(vma, VM_MAYWRITE);
#else
	vma->vm_flags &= ~VM_MAYWRITE;
#endif
}

static void set_flags(struct vm_area_struct *vma)
{
#if defined(HAVE_VM_FLAGS_SET)
	vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP | VM_DONTCOPY);
#else
	vma->vm_flags |= VM_DONTEXPAND | VM_DONTDUMP | VM_DONTCOPY;
#endif
}

/* Maps pages of the ring as requests.h lays them out: the data's pages show twice. */
static int map_ring(struct vm_area_struct *vma, struct ring *ring)
{
	unsigned long count = vma_pages(vma), data_pages, i, page;
	int failed;

	if (!ring)
		return -ENXIO;
	data_pages = ring->page_count - 2;
	if (vma->vm_pgoff + count > 2 + 2 * data_pages)
		return -EINVAL;
	if (vma->vm_pgoff + count > 1) {
		if (vma->vm_flags & VM_WRITE)
			return -EPERM;
		forbid_writing(vma);
	}
	for (i = 0; i < count; i++) {
		page = vma->vm_pgoff + i;
		if (page >= 2 + data_pages)
			page -= data_pages;
		failed = vm_insert_page(vma, vma->vm_start + i * PAGE_SIZE, ring->pages[page]);
		if (failed)
			return failed;
	}
	return 0;
}

static int device_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct opened *opened = file->private_data;
	struct consumer *consumer;
	int failed;

	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	/* The lock of device.c is taken outside of the memory map's by copies to and from the caller: not here, too. */
	consumer = smp_load_acquire(&opened->consumer);
	if (!consumer)
		return -EINVAL;
	set_flags(vma);
	if (vma->vm_pgoff >= SYSCOPE_MUTES_PAGE)
		return remap_vmalloc_range(vma, consumer->mutes, vma->vm_pgoff - SYSCOPE_MUTES_PAGE);
	if (vma->vm_pgoff != SYSCOPE_COUNTERS_PAGE)
		return map_ring(vma, smp_load_acquire(&consumer->lanes[opened->cpu].ring));
	if (vma_pages(vma) != 1)
		return -EINVAL;
	if (vma->vm_flags & VM_WRITE)
		return -EPERM;
	forbid_writing(vma);
	failed = vm_insert_page(vma, vma->vm_start, virt_to_page(consumer->lanes[opened->cpu].counters));
	return failed;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.unlocked_ioctl = device_ioctl,
	.mmap = device_mmap,
};

static void devices_destroy(unsigned int count)
{
	while (count-- > 0)
		device_destroy(class, first + count);
}

int devices_make(void)
{
	unsigned int cpu;
	int failed;

	devices = nr_cpu_ids;
	failed = alloc_chrdev_region(&first, 0, devices, "syscope");
	if (failed)
		return failed;
#if defined(HAVE_CLASS_CREATE_NAME)
	class = class_create("syscope");
#else
	class = class_create(THIS_MODULE, "syscope");
#endif
	if (IS_ERR(class)) {
		failed = PTR_ERR(class);
		goto no_class;
	}
	cdev_init(&cdev, &operations);
	cdev.owner = THIS_MODULE;
	failed = cdev_add(&cdev, first, devices);
	if (failed)
		goto no_cdev;
	/* Without a devnode of its own the class gives mode 0600 and owner root. */
	for (cpu = 0; cpu < devices; cpu++) {
		struct device *made = device_create(class, NULL, first + cpu, NULL, "syscope%u", cpu);

		if (IS_ERR(made)) {
			failed = PTR_ERR(made);
			goto no_device;
		}
	}
	return 0;
no_device:
	devices_destroy(cpu);
	cdev_del(&cdev);
no_cdev:
	class_destroy(class);
no_class:
	unregister_chrdev_region(first, devices);
	return failed;
}

void devices_remove(void)
{
	devices_destroy(devices);
	cdev_del(&cdev);
	class_destroy(class);
	unregister_chrdev_region(first, devices);
}
