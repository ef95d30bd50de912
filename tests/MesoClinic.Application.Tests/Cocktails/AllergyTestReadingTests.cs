using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Application.Tests.Rules;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class AllergyTestReadingTests
{
    private const string Ingredient = "ing-vitamin-c";
    private const string Reacted = "ci-skin-test-reacted";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Of_two_readings_at_once_the_second_does_not_overwrite_the_first(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var test = await AddTestAsync(clinic, scene.Patient, scene.Practitioner, Ingredient, appliedDaysAgo: 3);
        await clinic.InDatabaseAsync(async db =>
        {
            var seen = await db.AllergyTests.SingleAsync(t => t.Id == test);
            (await ReadAsync(scene, test, clinic.Today, negative: false)).Must();
            (seen.ReadOn, seen.Negative) = (clinic.Today, true);

            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
        });
    }

    [Theory]
    [OnSqlite]
    public async Task A_test_is_read_once_not_before_it_was_applied_and_not_in_the_future(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var test = await AddTestAsync(clinic, scene.Patient, scene.Practitioner, Ingredient, appliedDaysAgo: 3);

        Assert.IsType<Failure.Invalid>((await ReadAsync(scene, test, clinic.Today.AddDays(-4))).Failure);
        Assert.IsType<Failure.Invalid>((await ReadAsync(scene, test, clinic.Today.AddDays(1))).Failure);
        Assert.True((await ReadAsync(scene, test, clinic.Today)).Succeeded);
        Assert.IsType<Failure.Conflict>((await ReadAsync(scene, test, clinic.Today)).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task No_reaction_is_read_only_when_a_late_one_would_show_a_reaction_at_once(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var test = await AddTestAsync(clinic, scene.Patient, scene.Practitioner, Ingredient, appliedDaysAgo: 1);

        Assert.Contains("2026-06-02", Assert.Single(Assert.IsType<Failure.Invalid>((await ReadAsync(scene, test, clinic.Today)).Failure).Errors["ReadOn"]), StringComparison.Ordinal);
        Assert.True((await ReadAsync(scene, test, clinic.Today, negative: false)).Succeeded);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_reaction_keeps_out_what_the_patient_had_before(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.AddSignedSessionAsync(scene.Patient, scene.Practitioner, clinic.Clock.GetUtcNow().AddDays(-60));
        await AddTestAsync(clinic, scene.Patient, scene.Practitioner, SessionScene.Ingredient, appliedDaysAgo: 4, negative: false);

        var refused = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment;

        Assert.Equal(Decision.ModifyPlan, refused.Decision);
        Assert.Contains(refused.Findings, finding => finding.Rule == Reacted);
    }

    [Theory]
    [OnSqlite]
    public async Task The_newest_test_of_an_ingredient_decides(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);

        await AddTestAsync(clinic, scene.Patient, scene.Practitioner, SessionScene.Ingredient, appliedDaysAgo: 90, negative: false);
        Assert.True((await scene.TryStartAsync()).Succeeded);
    }

    [Theory]
    [OnSqlite]
    public async Task An_older_test_without_reaction_does_not_undo_a_newer_one_with(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await AddTestAsync(clinic, scene.Patient, scene.Practitioner, SessionScene.Ingredient, appliedDaysAgo: 4, negative: false);

        var refused = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment;

        Assert.Contains(refused.Findings, finding => finding.Rule == Reacted);
        Assert.Contains(refused.Findings, finding => finding.Rule == "ci-skin-test-missing");
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_reaction_turns_coming_treatments_into_tasks(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var booked = await desk.BookAsync();
        var test = await AddTestAsync(desk.Clinic, desk.Patient, desk.Irina, SessionScene.Ingredient, appliedDaysAgo: 0);

        (await desk.SendAsync(new ReadAllergyTest.Command { TestId = test, ReadOn = desk.Clinic.Today, Negative = false })).Must();

        Assert.True((await desk.Clinic.AppointmentAsync(booked)).Decision >= Decision.ModifyPlan);
        var task = Assert.Single((await desk.SendAsync(new ListSafetyTasks.Query())).Must().Tasks);
        Assert.Equal(SafetyTaskCause.TreatmentRecorded, task.Cause);
    }

    internal static Task<Outcome<Done>> ReadAsync(SessionScene scene, Guid test, DateOnly day, bool negative = true) =>
        scene.Clinic.SendAsync(scene.Practitioner, new ReadAllergyTest.Command { TestId = test, ReadOn = day, Negative = negative });

    /// <summary>Read two days after it was applied, or not at all.</summary>
    internal static Task<Guid> AddTestAsync(TestClinic clinic, Guid patient, Guid practitioner, string ingredient, int appliedDaysAgo, bool? negative = null) => clinic.InDatabaseAsync(async db =>
    {
        var applied = clinic.Today.AddDays(-appliedDaysAgo);
        var test = new AllergyTest { PatientId = patient, Ingredient = ingredient, AppliedOn = applied, ReadOn = negative is null ? null : applied.AddDays(2), Negative = negative, AppliedById = practitioner };
        db.AllergyTests.Add(test);
        await db.SaveChangesAsync();
        return test.Id;
    });
}
