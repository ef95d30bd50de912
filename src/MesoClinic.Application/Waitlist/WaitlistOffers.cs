using MesoClinic.Application.Auditing;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Waitlist;

/// <summary>Offers a time that became free to the best of those who wait, in the transaction that freed it. The offer holds the time with claims of its own.</summary>
internal sealed class WaitlistOffers(ClinicDbContext db, ClinicTime time, Timetable timetable, ClinicAssessor assessor, AppointmentOverrides overrides, Outbox outbox, AuditTrail trail)
{
    /// <summary>An offer that nobody could answer in time helps nobody.</summary>
    private static readonly TimeSpan LeastNotice = TimeSpan.FromHours(1);

    /// <summary>What is left of a time that has begun is offered from a full quarter of an hour on.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    /// <summary>Each of them in turn, the earliest first.</summary>
    public async Task OfferAsync(IEnumerable<Spot> freed, Guid? notTo, CancellationToken token)
    {
        foreach (var spot in freed.OrderBy(spot => spot.StartUtc))
        {
            await OfferAsync(spot, notTo, token);
        }
    }

    /// <param name="freed">What became free; nobody may hold it any more. Of a time that has begun, or begins too soon, what is left of it.</param>
    /// <param name="notTo">The patient who has just given it back.</param>
    public async Task OfferAsync(Spot freed, Guid? notTo, CancellationToken token)
    {
        if (freed.StartUtc < time.UtcNow + LeastNotice)
        {
            var earliest = new DateTime((time.UtcNow + LeastNotice + Step - TimeSpan.FromTicks(1)).Ticks / Step.Ticks * Step.Ticks, DateTimeKind.Utc);
            if (freed.EndUtc <= earliest)
            {
                return;
            }

            freed = freed with { StartUtc = earliest, WallStart = await time.ToWallAsync(earliest, token) };
        }

        var waiting = await db.Waitlist.Include(entry => entry.Course).Where(entry => entry.State == WaitlistState.Waiting && entry.PatientId != notTo).ToListAsync(token);
        var minutes = (int)(freed.EndUtc - freed.StartUtc).TotalMinutes;
        foreach (var entry in WaitlistMatch.Best(freed.WallStart, minutes, freed.PractitionerId, waiting))
        {
            if (await TryAsync(entry, freed, token))
            {
                return;
            }
        }
    }

    /// <summary>Whose last day has passed waits no longer.</summary>
    public async Task CloseOldAsync(CancellationToken token)
    {
        var (today, now) = (await time.TodayAsync(token), time.UtcNow);
        var old = await db.Waitlist.Where(entry => entry.State == WaitlistState.Waiting && entry.Until < today).ToListAsync(token);
        old.ForEach(entry => entry.Expire(now));
        await db.SaveChangesAsync(token);
    }

    /// <summary>Assesses for the day of the appointment and keeps the assessment, if it permits the visit without a further question.</summary>
    /// <param name="isAsked">Somebody wants this time: the assessment is kept also when it refuses. While one is looked for who could have it, a refusal is none.</param>
    public async Task<bool> JudgeAsync(Appointment appointment, bool isAsked, CancellationToken token)
    {
        var request = await assessor.RequestAsync(appointment, DateOnly.FromDateTime(appointment.WallStart), Stage.Booking, token);
        var preview = assessor.Preview(request);
        var permitted = !appointment.IsTreatment || (preview.Decision <= Decision.AllowWithCaution
            && preview.Findings.All(finding => finding.Action != Decision.AllowWithCaution || appointment.Acknowledged.Contains(finding.Rule, StringComparer.Ordinal)));
        if (permitted)
        {
            await overrides.JudgeAsync(appointment, assessor.Assess(request, appointment.PatientId, appointment.Id), token);
        }
        else if (isAsked)
        {
            assessor.Assess(request, appointment.PatientId, appointment.Id);
        }

        return permitted;
    }

    /// <summary>The appointment whose place an earlier time takes: the patient's next one after it for the same thing, which they would otherwise have twice. With its claims.</summary>
    public Task<Appointment?> ReplacedAsync(Guid patient, AppointmentKind kind, Guid? course, DateTime startUtc, CancellationToken token) => db.Appointments.Include(a => a.Claims)
        .Where(a => a.PatientId == patient && a.Kind == kind && a.CourseId == course && a.State == AppointmentState.Booked && a.StartUtc > startUtc)
        .OrderBy(a => a.StartUtc).FirstOrDefaultAsync(token);

    private async Task<bool> TryAsync(WaitlistEntry entry, Spot freed, CancellationToken token)
    {
        var replaced = await ReplacedAsync(entry.PatientId, entry.Kind, entry.CourseId, freed.StartUtc, token);
        if (entry.Course is { } course && (course.State != CourseState.Active || (replaced is null && (await db.SoFarAsync(course.Id, token)).Sessions >= course.Sessions)))
        {
            return false;
        }

        var asked = new Asked(entry, freed);
        var (spot, _) = await timetable.FindAsync(asked, entry.Kind, entry.Course?.Plan, entry.PatientId, null, token, inAnyColumn: true);
        if (spot is null)
        {
            return false;
        }

        var (now, clinic) = (time.UtcNow, await db.Clinics.AsNoTracking().SingleAsync(token));
        var appointment = new Appointment
        {
            PatientId = entry.PatientId,
            PractitionerId = spot.PractitionerId,
            RoomId = spot.RoomId,
            DeviceId = spot.DeviceId,
            CleaningMinutes = spot.CleaningMinutes,
            Kind = entry.Kind,
            CourseId = entry.CourseId,
            StartUtc = spot.StartUtc,
            EndUtc = spot.EndUtc,
            WallStart = spot.WallStart,
            Plan = entry.Course?.Plan ?? replaced?.Plan,
            Acknowledged = [.. entry.Acknowledged],
            BookedById = entry.AddedById,
            BookedUtc = now,
        };
        if (!await JudgeAsync(appointment, isAsked: false, token))
        {
            return false;
        }

        // Never longer than until shortly before it starts.
        var (until, latest) = (now.AddHours(clinic.OfferHours), spot.StartUtc.AddMinutes(-30));
        appointment.Offer(until < latest ? until : latest);
        appointment.ClaimSlots();
        db.Appointments.Add(appointment);
        entry.Offer(appointment.Id, appointment.ProvisionalUntilUtc!.Value, now);
        await outbox.QueueAsync(appointment, MessageKind.Offer, token);
        trail.ByPortal(AuditTrail.OfferFromWaitlist, entry.PatientId, entry.Id);
        await db.SaveChangesAsync(token);
        return true;
    }

    /// <summary>The freed time, as long as this visit takes.</summary>
    private sealed class Asked(WaitlistEntry entry, Spot freed) : IBookedTime
    {
        public DateOnly? Date => DateOnly.FromDateTime(freed.WallStart);
        public TimeOnly? Start => TimeOnly.FromDateTime(freed.WallStart);
        public int? Minutes => entry.Minutes;
        public Guid? PractitionerId => freed.PractitionerId;
        public Guid? RoomId => freed.RoomId;
    }
}
