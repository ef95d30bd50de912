using MediatR;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Tests.Courses;
using MesoClinic.Application.Waitlist;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>A clinic of two practitioners, two rooms (one is cleaned), one device and five patients (the last one only waits), and what it should hold: a list.</summary>
internal sealed partial class ModelClinic
{
    private const int Waiter = 4;
    private const int InSeries = 3;
    private static readonly int[] Cleaning = [0, 2];
    private readonly Desk desk;
    private readonly List<Guid> practitioners;
    private readonly List<Guid> rooms;
    private readonly List<Guid> patients = [];
    private readonly List<Kept> standing = [];
    private Guid course;
    private IReadOnlyList<string> cautions = [];
    private IReadOnlyList<string> deviceCautions = [];
    private Func<Task>? replay;

    /// <summary>The entry that waits, and for how long a visit; none while its offer is open.</summary>
    private (Guid Entry, int Slots)? waiting;

    private ModelClinic(Desk desk, List<Guid> practitioners, List<Guid> rooms) => (this.desk, this.practitioners, this.rooms) = (desk, practitioners, rooms);

    public Dictionary<Deed, int> Did { get; } = [];

    private Kept? Offer => standing.Find(kept => kept.Entry is not null);

    /// <param name="Entry">The waitlist entry that it is offered to; null: booked.</param>
    private sealed record Kept(Guid Id, int Day, int Slot, int Slots, int Practitioner, int Room, int Patient, AppointmentKind Kind = AppointmentKind.Consultation, bool HasDevice = false, Guid? Entry = null);

    public static async Task<ModelClinic> OfAsync(Desk desk)
    {
        var clinic = new ModelClinic(desk, [desk.Irina, await desk.Clinic.AddCosmetologistAsync("Linh Tran")], [desk.Room, await desk.Clinic.AddRoomAsync("Room 2", cleaning: 10)]);
        clinic.patients.Add(desk.Patient);
        for (var i = 1; i <= Waiter; i++)
        {
            clinic.patients.Add(await desk.AnotherPatientAsync($"Model {i}"));
        }

        await desk.Clinic.InDatabaseAsync(async db =>
        {
            db.Devices.Add(new Device { Name = "Ionto 1", Kind = DeviceKind.Electrophoresis });
            await db.SaveChangesAsync();
        });
        var booked = await BookedCourse.OfAsync(desk, Domain.Courses.Course.MostSessions);
        (clinic.course, clinic.cautions) = (booked.Id, booked.Cautions);
        foreach (var session in booked.Sessions)
        {
            (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = session, Reason = "Only planned" })).Must();
        }

        clinic.deviceCautions = await desk.CautionsAsync(clinic.Command(new Step(Act.BookWithDevice, 0, 0, 0, 1, 0, 0, 0)));
        return clinic;
    }

    public Task DoAsync(Step step) => step.Act switch
    {
        Act.BookSeries => BookSeriesAsync(step),
        Act.Move when Booked(step) is { } moving => MoveAsync(step, moving),
        Act.Cancel when Booked(step) is { } going => CancelAsync(going),
        Act.Replay when replay is not null => ReplayAsync(),
        Act.Wait when waiting is null && Offer is null => WaitAsync(step),
        Act.AnswerOffer when Offer is { } offer => AnswerAsync(step, offer),
        Act.LetTimePass when Offer is { } offer => LetTimePassAsync(step, offer),
        _ => BookAsync(step),
    };

    /// <summary>What the database holds is the list, no more and no less, and every claim belongs to something in it.</summary>
    public async Task IsAsTheModelSaysAsync()
    {
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
        var now = desk.Clinic.Clock.GetUtcNow().UtcDateTime;
        var held = await desk.Clinic.InDatabaseAsync(db => db.Appointments
            .Where(a => (a.State == AppointmentState.Booked || a.State == AppointmentState.Offered) && (a.ProvisionalUntilUtc == null || a.ProvisionalUntilUtc > now))
            .Select(a => new { a.Id, a.WallStart, a.EndUtc, a.StartUtc, a.PractitionerId, a.RoomId, a.PatientId, HasDevice = a.DeviceId != null }).ToListAsync());
        Assert.Equal(
            standing.Select(kept => (kept.Id, Wall(kept.Day, kept.Slot), 5 * kept.Slots, practitioners[kept.Practitioner], rooms[kept.Room], patients[kept.Patient], kept.HasDevice)).OrderBy(row => row.Id),
            held.Select(a => (a.Id, a.WallStart, (int)(a.EndUtc - a.StartUtc).TotalMinutes, a.PractitionerId, a.RoomId, a.PatientId, a.HasDevice)).OrderBy(row => row.Id));
    }

    /// <summary>Everything is cancelled, and nothing is held any more.</summary>
    public async Task ClearAsync()
    {
        if (waiting is { } open)
        {
            (await desk.SendAsync(new ChangeWaitlistEntry.Command { EntryId = open.Entry })).Must();
            waiting = null;
        }

        if (Offer is { } offer)
        {
            (await desk.SendAsync(new DeclineOffer.Command { EntryId = offer.Entry!.Value })).Must();
            standing.Remove(offer);
        }

        foreach (var kept in standing)
        {
            (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = kept.Id, Reason = "Model" })).Must();
        }

        standing.Clear();
        replay = null;
        await SweepAsync();
        Assert.Equal(0, await desk.Clinic.InDatabaseAsync(db => db.SlotClaims.CountAsync()));
    }

    private async Task BookAsync(Step step)
    {
        var (device, command) = (step.Act == Act.BookWithDevice, Command(step));
        var wanted = new Kept(Guid.Empty, step.Day, step.Slot, step.Slots, step.Practitioner, step.Room, step.Patient, command.Kind, device);
        var outcome = await desk.SendAsync(command);

        Expect(IsFree(wanted), outcome);
        if (outcome.Succeeded)
        {
            standing.Add(wanted with { Id = outcome.Value });
            Remember(command, outcome.Value);
            Count(device ? Deed.DeviceBooked : Deed.Booked);
        }
    }

    /// <summary>Three sessions of a course at once, a week apart: all of them, or none.</summary>
    private async Task BookSeriesAsync(Step step)
    {
        var wanted = Enumerable.Range(0, InSeries).Select(day => new Kept(Guid.Empty, day, (step.Slot + (3 * day * step.Which)) % 37, step.Slots, step.Practitioner, step.Room, 0, AppointmentKind.Session)).ToList();
        var command = new BookSeries.Command
        {
            CourseId = course,
            Items = wanted.ConvertAll(kept => new SeriesItem
            {
                Date = Day(kept.Day), Start = Start(kept.Slot), Minutes = 5 * kept.Slots, PractitionerId = practitioners[kept.Practitioner], RoomId = rooms[kept.Room],
            }),
            Acknowledged = cautions,
        };
        var outcome = await desk.SendAsync(command);

        Assert.True(wanted.TrueForAll(IsFree) == outcome.Succeeded, $"{outcome.Failure}");
        if (outcome.Succeeded)
        {
            standing.AddRange(wanted.Zip(outcome.Value, (kept, id) => kept with { Id = id }));
            Remember(command, outcome.Value);
        }

        Count(outcome.Succeeded ? Deed.SeriesBooked : Deed.SeriesRefused);
        await IsAsTheModelSaysAsync();
    }

    private async Task MoveAsync(Step step, Kept moving)
    {
        var before = await desk.Clinic.AppointmentAsync(moving.Id);
        var outcome = await desk.SendAsync(new MoveAppointment.Command
        {
            AppointmentId = moving.Id, Version = before.Version, Date = Day(step.Day), Start = Start(step.Slot), Minutes = 5 * step.Slots, PractitionerId = practitioners[step.Practitioner], RoomId = rooms[step.Room],
            Acknowledged = before.Acknowledged,
        });

        var moved = moving with { Day = step.Day, Slot = step.Slot, Slots = step.Slots, Practitioner = step.Practitioner, Room = step.Room };
        Expect(IsFree(moved), outcome);
        if (outcome.Succeeded)
        {
            standing[standing.IndexOf(moving)] = moved;
            Count(Deed.Moved);
            await FreedAsync(moving);
        }
        else
        {
            Assert.Equal(before.Version, (await desk.Clinic.AppointmentAsync(moving.Id)).Version);
        }
    }

    private async Task CancelAsync(Kept going)
    {
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = going.Id, Reason = "Model" })).Must();
        standing.Remove(going);
        Assert.Empty((await desk.Clinic.AppointmentAsync(going.Id)).Claims);
        Count(Deed.Cancelled);
        await FreedAsync(going);
    }

    private async Task ReplayAsync()
    {
        await replay!();
        Count(Deed.Replayed);
    }

    private async Task WaitAsync(Step step)
    {
        await SweepAsync();
        waiting = ((await desk.SendAsync(new AddToWaitlist.Command { PatientId = patients[Waiter], Kind = AppointmentKind.Consultation, Minutes = 5 * step.Slots, Until = Day(2) })).Must(), step.Slots);
    }

    /// <summary>Who waits is offered what became free, unless they gave it back themselves or something else is in the way.</summary>
    private async Task FreedAsync(Kept freed)
    {
        if (waiting is not { } open || freed.Patient == Waiter)
        {
            return;
        }

        var wanted = freed with { Slots = open.Slots, Patient = Waiter, Kind = AppointmentKind.Consultation, HasDevice = false, Entry = open.Entry };
        var offered = await desk.Clinic.InDatabaseAsync(db => db.Waitlist.Where(entry => entry.Id == open.Entry).Select(entry => entry.OfferedAppointmentId).SingleAsync());
        Assert.Equal(IsFree(wanted with { Id = Guid.Empty }), offered is not null);
        if (offered is { } id)
        {
            standing.Add(wanted with { Id = id });
            waiting = null;
            Count(Deed.Offered);
        }
    }

    /// <summary>Taken or declined. Taking it gives back a later consultation of the same patient.</summary>
    private async Task AnswerAsync(Step step, Kept offer)
    {
        standing.Remove(offer);
        if (step.Which % 2 == 0)
        {
            (await desk.SendAsync(new DeclineOffer.Command { EntryId = offer.Entry!.Value })).Must();
            Count(Deed.Declined);
            return;
        }

        Assert.Equal(offer.Id, (await desk.SendAsync(new AcceptOffer.Command { EntryId = offer.Entry!.Value })).Must());
        if (standing.Where(kept => kept.Patient == Waiter && (kept.Day, kept.Slot).CompareTo((offer.Day, offer.Slot)) > 0).MinBy(kept => (kept.Day, kept.Slot)) is { } later)
        {
            standing.Remove(later);
        }

        standing.Add(offer with { Entry = null });
        Count(Deed.Accepted);
    }

    /// <summary>The offer runs out. Whether the sweep has been there or not, its time is free.</summary>
    private async Task LetTimePassAsync(Step step, Kept offer)
    {
        desk.Clinic.Clock.Advance(TimeSpan.FromHours(2));
        standing.Remove(offer);
        Count(Deed.RanOut);
        if (step.Which % 2 == 0)
        {
            await SweepAsync();
        }
    }

    private async Task SweepAsync()
    {
        await using var scope = desk.Clinic.Scope();
        await scope.ServiceProvider.GetRequiredService<ProvisionalSweep>().SweepAsync(CancellationToken.None);
    }

    private void Expect(bool free, Outcome<Guid> outcome)
    {
        Assert.True(free == outcome.Succeeded, $"Free: {free}, but {outcome.Failure}");
        if (!outcome.Succeeded)
        {
            Assert.True(outcome.Failure is Failure.Conflict or Failure.Contraindicated, $"{outcome.Failure}");
            Count(Deed.Refused);
        }
    }

    private void Remember<T>(IRequest<Outcome<T>> command, T result) => replay = async () => Assert.Equal(result, (await desk.SendAsync(command)).Must());

    private void Count(Deed deed) => Did[deed] = Did.GetValueOrDefault(deed) + 1;

    private Kept? Booked(Step step) => standing.FindAll(kept => kept.Entry is null) is { Count: > 0 } booked ? booked[step.Which % booked.Count] : null;

    private BookAppointment.Command Command(Step step)
    {
        var device = step.Act == Act.BookWithDevice;
        var command = ABooking(
            patients[step.Patient], practitioners[step.Practitioner], rooms[step.Room], device ? AppointmentKind.Session : AppointmentKind.Consultation, Day(step.Day), Start(step.Slot).ToString("HH:mm", null), 5 * step.Slots);
        if (device)
        {
            (command.Technique, command.Ingredients, command.Acknowledged) = ("alt-electrophoresis", [], deviceCautions);
        }

        return command;
    }
}
