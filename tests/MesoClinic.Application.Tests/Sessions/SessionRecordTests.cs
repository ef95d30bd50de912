using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>The draft of a record: what is kept, judged and refused while one works.</summary>
public sealed class SessionRecordTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_draft_that_somebody_else_saved_meanwhile_is_stale(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var first = scene.Draft.Version;
        await scene.SaveAsync(draft => draft.Notes = "one tablet");

        Assert.IsType<Failure.Stale>((await scene.TrySaveAsync(draft => (draft.Version, draft.Notes) = (first, "the other tablet"))).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task Changed_lines_alone_make_a_new_version(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var before = scene.Draft.Version;

        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.9m);

        Assert.NotEqual(before, scene.Draft.Version);
        Assert.Equal(0.9m, (await scene.ReadDraftAsync()).Lines[0].VolumeMl);
    }

    [Theory]
    [OnSqlite]
    public async Task After_the_start_a_change_that_is_not_permitted_is_refused_and_its_assessment_kept(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        var refused = await scene.TrySaveAsync(draft => draft.Lines[0].VolumeMl = 1.4m);

        Assert.Equal(Decision.ModifyPlan, Assert.IsType<Failure.Contraindicated>(refused.Failure).Assessment.Decision);
        Assert.Equal(1m, (await scene.ReadDraftAsync()).Lines[0].VolumeMl);
        await clinic.InDatabaseAsync(async db => Assert.Equal(2, await db.Assessments.CountAsync()));
    }

    [Theory]
    [OnSqlite]
    public async Task After_the_start_an_area_without_consent_is_refused(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        var refused = await scene.TrySaveAsync(draft => draft.Areas.Add("cheeks"));

        Assert.Contains("Cheeks", Assert.IsType<Failure.Invalid>(refused.Failure).Errors["Consent"][0], StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    public async Task Notes_and_points_after_the_start_need_no_new_assessment(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        await scene.SaveAsync(draft => (draft.Notes, draft.Points) = ("Tolerated well.", 44));

        await clinic.InDatabaseAsync(async db => Assert.Equal(1, await db.Assessments.CountAsync()));
    }

    [Theory]
    [OnSqlite]
    public async Task A_lot_that_the_clinic_does_not_have_is_refused_beside_its_line(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);

        var refused = await scene.TrySaveAsync(draft => draft.Lines[0].LotId = Guid.NewGuid());

        Assert.Equal(["This lot is not in the clinic's stock."], Assert.IsType<Failure.Invalid>(refused.Failure).Errors["Lines[0].LotId"]);
    }

    [Theory]
    [InlineData(0, "Lines[0].VolumeMl")]
    [InlineData(-1, "Lines[0].VolumeMl")]
    [InlineData(20.1, "Lines[0].VolumeMl")]
    [InlineData(50, "Lines[0].VolumeMl")]
    public void Impossible_volumes_are_refused_beside_their_line(double ml, string path)
    {
        var result = new SaveSessionDraft.Validator().Validate(new SaveSessionDraft.Command { Lines = [new SaveSessionDraft.Line { LotId = Guid.NewGuid(), VolumeMl = (decimal)ml }] });

        Assert.Equal([(path, "Write a volume above 0 and up to 20 ml; 0.8 means eight tenths of a millilitre.")], result.Errors.Select(e => (e.PropertyName, e.ErrorMessage)));
    }

    [Fact]
    public void Needle_depth_and_points_outside_of_their_shape_are_refused()
    {
        var result = new SaveSessionDraft.Validator().Validate(new SaveSessionDraft.Command { NeedleOuterDiameterMm = 3, DepthMm = 25, Points = 3001 });

        Assert.Equal(["NeedleOuterDiameterMm", "DepthMm", "Points"], result.Errors.Select(e => e.PropertyName));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_number_of_a_session_is_that_of_the_indication_it_is_started_with(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            var first = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == scene.Appointment);
            var before = new Appointment
            {
                PatientId = scene.Patient, PractitionerId = scene.Practitioner, RoomId = first.RoomId, Kind = AppointmentKind.Session, State = AppointmentState.Done, StartUtc = first.StartUtc.AddDays(-60),
                EndUtc = first.EndUtc.AddDays(-60), WallStart = first.WallStart.AddDays(-60), BookedById = scene.Practitioner, BookedUtc = first.StartUtc.AddDays(-70),
            };
            db.Appointments.Add(before);
            db.Sessions.Add(new Domain.Sessions.Session
            {
                AppointmentId = before.Id, PatientId = scene.Patient, PractitionerId = scene.Practitioner, Number = 1, Indication = "ind-pigmentation", OpenedUtc = before.StartUtc, StartedUtc = before.StartUtc,
                EndedUtc = before.EndUtc, AbortedUtc = before.EndUtc, AbortReason = "Time ran out",
            });
            await db.SaveChangesAsync();
        });

        await scene.SaveAsync(draft => draft.Indication = "ind-pigmentation");
        Assert.Equal(2, (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Number);
        await scene.SaveAsync(draft => draft.Indication = "ind-wrinkles");
        await scene.StartAsync();

        Assert.Equal(1, await clinic.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == scene.Session).Select(s => s.Number).SingleAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_assessment_that_a_record_shows_has_the_time_at_which_it_was_made(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        Assert.Equal(new DateTime(2026, 6, 1, 9, 0, 0, DateTimeKind.Unspecified), await AtAsync());

        clinic.Clock.Advance(TimeSpan.FromMinutes(12));
        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 1.1m);

        Assert.Equal(new DateTime(2026, 6, 1, 9, 12, 0, DateTimeKind.Unspecified), await AtAsync());

        async Task<DateTime?> AtAsync() => (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must().Permitting?.At;
    }
}
