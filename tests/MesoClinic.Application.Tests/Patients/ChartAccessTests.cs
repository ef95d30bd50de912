using MesoClinic.Application.Patients;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Patients;

public sealed class ChartAccessTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_foreign_chart_opens_with_a_reason_for_eight_hours_and_the_reason_is_kept(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (irina, linh) = (await clinic.AddCosmetologistAsync(), await clinic.AddCosmetologistAsync("Linh Tran"));
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        const string Reason = "Irina is ill, I treat her patients today";

        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(linh, new GetChart.Query(hannah))).Failure);
        Assert.False((await clinic.SendAsync(linh, new GetPatientContact.Query(hannah))).Value!.ChartIsOpen);
        Assert.IsType<Failure.Invalid>((await clinic.SendAsync(linh, new OpenChartWithReason.Command { PatientId = hannah, Reason = "because" })).Failure);
        Assert.True((await clinic.SendAsync(linh, new OpenChartWithReason.Command { PatientId = hannah, Reason = Reason })).Succeeded);
        Assert.Equal("Hannah Lindqvist", (await clinic.SendAsync(linh, new GetChart.Query(hannah))).Value!.Name);

        clinic.Clock.Advance(OpenChartWithReason.StaysOpen);
        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(linh, new GetChart.Query(hannah))).Failure);
        var entry = await clinic.InDatabaseAsync(db => db.AuditEntries.SingleAsync(e => e.Action == nameof(OpenChartWithReason) && e.Reason != null));
        Assert.Equal((linh, hannah, Reason), (entry.UserId, entry.PatientId, entry.Reason));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_manager_needs_a_reason_a_patient_sees_nothing_and_a_missing_chart_looks_like_a_forbidden_one(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (irina, sofia) = (await clinic.AddCosmetologistAsync(), await clinic.AddManagerAsync());
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        var patient = await clinic.AddPatientAccountAsync(hannah);

        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(sofia, new GetChart.Query(hannah))).Failure);
        Assert.Equal("020 7946 0128", (await clinic.SendAsync(sofia, new GetPatientContact.Query(hannah))).Value!.Phone);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(patient, new GetChart.Query(hannah))).Failure);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(irina, new GetChart.Query(Guid.NewGuid()))).Failure);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(irina, new GetPatientContact.Query(Guid.NewGuid()))).Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_complete_history_leaves_nothing_unknown_and_expires(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var healthy = await clinic.AddHealthyPatientAsync(irina);
        var fresh = await clinic.AddPatientAsync(new PatientOptions { GivenName = "New", AssignedTo = [irina] });

        Assert.Equal(0, (await clinic.SendAsync(irina, new GetChart.Query(healthy))).Value!.Profile.Unknown);
        Assert.All((await clinic.SendAsync(irina, new GetChart.Query(fresh))).Value!.Profile.Lists, list => Assert.False(list.IsCurrent));

        clinic.Clock.Advance(TimeSpan.FromDays(31));
        var profile = (await clinic.SendAsync(irina, new GetChart.Query(healthy))).Value!.Profile;
        Assert.Equal(AnswerState.Expired, profile.Answers.Single(a => a.Question == "q-pregnant").State);
        Assert.Equal(AnswerState.Known, profile.Answers.Single(a => a.Question == "q-keloid-self").State);
        Assert.False(profile.List("procedures").IsCurrent);
    }
}
