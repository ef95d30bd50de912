using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class SessionCloseTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Pain_observation_reactions_and_what_was_left_out_are_signed_with_the_record(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var at = clinic.Clock.GetUtcNow().UtcDateTime;
        await scene.SaveAsync(draft =>
        {
            (draft.PainScore, draft.AnaestheticCream, draft.ObservedMinutes, draft.StepsLeftOut) = (3, false, 20, "No mask: the patient had to leave.");
            draft.Reactions = [new SaveSessionDraft.Reaction { AtUtc = at, Complication = "cx-vasovagal", Text = "Pale, dizzy", Action = "Lay down, legs up" }];
        });

        Assert.True((await scene.TrySignAsync()).Succeeded);

        var record = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Value!;
        Assert.True(record.HashHolds);
        Assert.Equal((3, false, 20, "No mask: the patient had to leave."), (record.Draft.PainScore, record.Draft.AnaestheticCream, record.Draft.ObservedMinutes, record.Draft.StepsLeftOut));
        var reaction = Assert.Single(record.Draft.Reactions);
        Assert.Equal(("cx-vasovagal", "Pale, dizzy", "Lay down, legs up", at), (reaction.Complication, reaction.Text, reaction.Action, reaction.AtUtc));
        await clinic.InDatabaseAsync(async db =>
            Assert.IsAssignableFrom<System.Data.Common.DbException>(await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync("UPDATE Sessions SET Reactions = '[]'"))));
    }

    [Theory]
    [OnSqlite]
    public async Task What_cannot_be_is_refused_beside_its_field(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        async Task<string> RefusedAsync(Action<SaveSessionDraft.Command> change)
        {
            var outcome = await scene.TrySaveAsync(change);
            return Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors).Key;
        }

        Assert.Equal("PainScore", await RefusedAsync(draft => draft.PainScore = 11));
        Assert.Equal("ObservedMinutes", await RefusedAsync(draft => (draft.PainScore, draft.ObservedMinutes) = (10, -1)));
        Assert.Equal("Reactions[0].Text", await RefusedAsync(draft => (draft.ObservedMinutes, draft.Reactions) = (0, [new SaveSessionDraft.Reaction()])));
        Assert.Equal("Reactions", await RefusedAsync(draft => draft.Reactions = [new SaveSessionDraft.Reaction { Complication = "cx-none-such" }]));
    }

    [Theory]
    [OnSqlite]
    public async Task What_the_record_does_not_say_is_named_and_only_the_points_hold_the_signature_up(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await scene.SaveAsync(draft => draft.Points = null);

        var gaps = (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Value!.Gaps;

        Assert.Equal("Number of points", Assert.Single(gaps, gap => gap.Needed).What);
        var after = TestClinic.Book.Value.Knowledge.AsepsisSteps.Where(step => step.Order >= 7).Select(step => step.Title);
        Assert.Equal([.. after, "Pain score", "Time under observation"], gaps.Where(gap => !gap.Needed).Select(gap => gap.What));
        Assert.IsType<Failure.Invalid>((await scene.TrySignAsync()).Failure);

        await scene.SaveAsync(draft => draft.Points = 40);
        Assert.True((await scene.TrySignAsync()).Succeeded);
    }

    [Theory]
    [OnSqlite]
    public async Task The_cream_is_judged_like_an_ingredient(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            (await db.Patients.Include(p => p.Allergies).SingleAsync()).Allergies.Add(new PatientAllergy { Allergen = "alg-amide-anaesthetic", NotedOn = clinic.Today });
            await db.SaveChangesAsync();
        });

        await scene.SaveAsync(draft => draft.AnaestheticCream = true);
        var withCream = (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Value!;
        Assert.True(withCream.Assessment.Decision >= Decision.ModifyPlan);
        Assert.Contains(withCream.Assessment.Findings, finding => finding.Because.Contains("naesthetic", StringComparison.Ordinal));
        Assert.False((await scene.TryStartAsync()).Succeeded);

        await scene.SaveAsync(draft => draft.AnaestheticCream = false);
        Assert.True((await scene.TryStartAsync()).Succeeded);
    }
}
