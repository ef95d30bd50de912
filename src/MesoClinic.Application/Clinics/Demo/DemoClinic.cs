using MesoClinic.Application.Auditing;
using MesoClinic.Application.Photos;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>
/// Fills an empty database with a made-up clinic: staff, rooms, products, forty patients and a year of their appointments, sessions and complications.
/// The same every time, dated relative to today. Its accounts have published passwords and exist nowhere else.
/// </summary>
public sealed class DemoClinic(ClinicDbContext db, ClinicAssessor assessor, PhotoStore photos, WriteGate gate, AuditKey auditKey)
{
    public const string Password = "Demo-clinic-2026!";
    public const string CosmetologistEmail = "cosmetologist@demo.example";
    public const string PhysicianEmail = "paul.adler@demo.example";
    public const string ManagerEmail = "manager@demo.example";
    public const string PatientEmail = "patient@demo.example";
    public const string ApiKey = "demo";

    public async Task FillAsync(DemoDraft draft, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(draft);

        // Before the transaction: the first key of the clinic's key ring is written on a connection of its own.
        await draft.Photos.StoreAsync(photos, token);
        using var pass = await gate.EnterAsync(token);
        await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async cancellation =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                await FillInsideAsync(draft, cancellation);
                await transaction.CommitAsync(cancellation);
            },
            token);
    }

    private async Task FillInsideAsync(DemoDraft draft, CancellationToken token)
    {
        await db.InsertAsync(draft.Records, token);
        await db.Sessions.ExecuteUpdateAsync(session => session.SetProperty(s => s.SignedUtc, s => s.EndedUtc), token);
        await JudgeComingAppointmentsAsync(token);
        await db.InsertAsync(await RemindersAsync(draft, token), token);
        await db.InsertAsync(DemoAudit.EntriesOf(draft.History.Deeds, auditKey), token);
        await DemoAudit.SealAsync(db, token);
    }

    private async Task JudgeComingAppointmentsAsync(CancellationToken token)
    {
        AppointmentState[] ended = [AppointmentState.Done, AppointmentState.NoShow];
        var coming = await db.Appointments.Where(a => !ended.Contains(a.State) && a.Plan != null).ToListAsync(token);
        foreach (var (appointment, stored) in await assessor.AssessComingAsync(coming, token))
        {
            appointment.Judge(stored);
            appointment.Acknowledged = stored.Decision == Decision.AllowWithCaution
                ? [.. stored.Result.Findings.Where(f => f.Action == Decision.AllowWithCaution).Select(f => f.Rule)]
                : [];
        }

        await db.SaveChangesAsync(token);
    }

    /// <summary>For every coming appointment that is confirmed, as if it had been booked: written in one go, because the first start waits for it.</summary>
    private async Task<IEnumerable<OutboxMessage>> RemindersAsync(DemoDraft draft, CancellationToken token)
    {
        var held = await db.Appointments.Where(a => a.ProvisionalUntilUtc != null).Select(a => a.Id).ToHashSetAsync(token);
        return draft.History.Appointments.Where(a => a.State == AppointmentState.Booked && !held.Contains(a.Id)).SelectMany(draft.RemindersOf);
    }
}

/// <summary>Ids that are the same at every fill, so that two demo clinics can be compared.</summary>
internal sealed class DemoIds(int seed = 2026)
{
    private readonly Random random = new(seed);
    private readonly byte[] bytes = new byte[16];

    public Random Random => random;

    public Guid Next()
    {
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
