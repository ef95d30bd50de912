using MesoClinic.Application.Complications;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Complication = MesoClinic.Domain.Complications.Complication;

namespace MesoClinic.Application.Tests.Complications;

/// <summary>A clinic in which a patient was treated 68 hours ago: 3 June 2026, 11:00 in London, the session ended on 31 May at 15:00.</summary>
internal sealed class Care : IAsyncDisposable
{
    public required TestClinic Clinic { get; init; }
    public Guid Practitioner { get; private set; }
    public Guid Manager { get; private set; }
    public Guid Patient { get; private set; }
    public Guid Account { get; private set; }
    public Guid Session { get; private set; }

    /// <summary>On the clinic's wall clock.</summary>
    public DateTimeOffset Now => Clinic.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(1));

    public static async Task<Care> AfterSessionAsync(Engine engine)
    {
        var care = new Care { Clinic = await TestClinic.OpenAsync(engine) };
        care.Clinic.Clock.Set(new DateTimeOffset(2026, 6, 3, 10, 0, 0, TimeSpan.Zero));
        care.Practitioner = await care.Clinic.AddCosmetologistAsync();
        care.Manager = await care.Clinic.AddManagerAsync();
        care.Patient = await care.Clinic.AddHealthyPatientAsync();
        care.Account = await care.Clinic.AddPatientAccountAsync(care.Patient);
        care.Session = await care.Clinic.AddSignedSessionAsync(care.Patient, care.Practitioner, care.Clinic.Clock.GetUtcNow().AddHours(-68));
        return care;
    }

    /// <summary>Began 14 hours ago, 54 hours after the session.</summary>
    public static T SpreadingRedness<T>(T report)
        where T : ProblemReport
    {
        report.Symptom = "redness";
        report.Areas = ["cheeks"];
        report.BeganOn = new DateOnly(2026, 6, 2);
        report.BeganAt = new TimeOnly(21, 0);
        report.Severity = Severity.Moderate;
        report.Answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["spreading"] = "yes", ["warm"] = "yes" };
        return report;
    }

    public async Task<Guid> ReportAsync() => (await Clinic.SendAsync(Account, SpreadingRedness(new ReportProblem.Command()))).Value;

    public Task<Complication> StoredAsync(Guid id) => Clinic.InDatabaseAsync(db => db.Complications.Include(c => c.FollowUps).SingleAsync(c => c.Id == id));

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();
}
