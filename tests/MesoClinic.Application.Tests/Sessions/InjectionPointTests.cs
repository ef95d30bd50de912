using FluentValidation;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class InjectionPointTests
{
    private static readonly AreaShape Forehead = BodyView.FindShape("face-front", "forehead", "mid")!;

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Points_come_back_as_they_were_placed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var site = Nappage(28, ml: 0.014m, mm: 1.5m, done: true);
        var channels = new SaveSessionDraft.Site { View = "face-left", Area = "cheeks", Side = "left", Points = Laid(BodyView.FindShape("face-left", "cheeks", "left")!, LayoutPattern.Lines, 4, 12) };
        await scene.SaveAsync(draft => (draft.Areas, draft.Sites) = (["forehead", "cheeks"], [site, channels]));

        var read = await scene.ReadDraftAsync();

        Assert.Equal(2, read.Sites.Count);
        var forehead = read.Sites.Single(s => s.Area == "forehead");
        Assert.Equal(site.Points, forehead.Points);
        Assert.Equal(("face-front", "mid", 0.014m, 1.5m, true), (forehead.View, forehead.Side, forehead.VolumePerPointMl!.Value, forehead.DepthMm!.Value, forehead.Done));
        Assert.Equal(channels.Points, read.Sites.Single(s => s.Area == "cheeks").Points);
        Assert.Equal(32, read.Points);
    }

    [Theory]
    [OnSqlite]
    public async Task The_largest_volume_of_any_area_is_what_the_rule_book_judges(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Sites = [Nappage(20, ml: 0.03m, mm: 1.5m)]);

        var refused = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure);

        Assert.Contains(refused.Assessment.Findings, finding => finding.Rule == "tr-nappage-volume");
    }

    [Theory]
    [OnSqlite]
    public async Task An_area_whose_volume_nobody_gave_is_unknown_and_waits(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => (draft.VolumePerInjectionMl, draft.Sites) = (null, [Nappage(20, ml: null, mm: 1.5m)]));

        var refused = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure);

        Assert.Equal(Decision.Incomplete, refused.Assessment.Decision);
    }

    [Theory]
    [OnSqlite]
    public async Task After_the_start_a_larger_point_is_judged_and_refused(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Sites = [Nappage(20, ml: 0.014m, mm: 1.5m)]);
        await scene.StartAsync();

        Assert.IsType<Failure.Contraindicated>((await scene.TrySaveAsync(draft => draft.Sites[0].VolumePerPointMl = 0.05m)).Failure);

        Assert.Equal(0.014m, (await scene.ReadDraftAsync()).Sites[0].VolumePerPointMl);
    }

    [Theory]
    [OnSqlite]
    public async Task A_point_outside_its_area_on_another_view_or_of_an_area_not_treated_is_refused(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var elsewhere = Nappage(5, ml: 0.014m, mm: 1.5m);
        elsewhere.Points = [.. elsewhere.Points, new InjectionPoint(0.5m, 0.99m)];

        Assert.Equal("Sites[0].Points", Path(await scene.TrySaveAsync(draft => draft.Sites = [elsewhere])));
        Assert.Equal("Sites[0].Points", Path(await scene.TrySaveAsync(draft => draft.Sites = [new() { View = "hands", Area = "forehead", Side = "mid", Points = [new(0.5m, 0.5m)] }])));
        Assert.Equal("Sites[0].Points", Path(await scene.TrySaveAsync(draft => draft.Sites = [new() { View = "face-front", Area = "chin", Side = "mid", Points = [new(0.5m, 0.75m)] }])));
        Assert.Empty((await scene.ReadDraftAsync()).Sites);
    }

    [Fact]
    public void Volumes_and_depths_of_an_area_and_more_than_3000_points_are_refused_in_words()
    {
        var many = Enumerable.Repeat(new InjectionPoint(0.5m, 0.2m), 3001).ToList();
        var command = new SaveSessionDraft.Command { Sites = [new() { View = "face-front", Area = "forehead", Side = "mid", VolumePerPointMl = 0, DepthMm = -1, Points = many }] };

        var errors = new SaveSessionDraft.Validator().Validate(command).Errors.ToDictionary(e => e.PropertyName, e => e.ErrorMessage, StringComparer.Ordinal);

        Assert.Equal("A session records up to 3000 points; these are 3001.", errors["Sites"]);
        Assert.StartsWith("Write a volume above 0 and up to 5 ml", errors["Sites[0].VolumePerPointMl"], StringComparison.Ordinal);
        Assert.Equal("Write a depth between 0.1 and 20 mm.", errors["Sites[0].DepthMm"]);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_points_are_part_of_what_is_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SignedAsync(clinic);

        Assert.True((await ReadAsync(scene)).HashHolds);
        await clinic.InDatabaseAsync(async db => Assert.IsAssignableFrom<System.Data.Common.DbException>(await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync("UPDATE TreatedAreas SET Sites = '[]'"))));
        Assert.Equal(28, (await ReadAsync(scene)).Draft.Sites[0].Points.Count);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_map_under_the_points_is_signed_with_them(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var drawn = (await ReadAsync(await SignedAsync(clinic))).Draft.Sites[0].Drawn!;

        Assert.Equal(("Forehead", "Face", 240d, 310d), (drawn.Area, drawn.View, drawn.WidthMm, drawn.HeightMm));
        Assert.Equal(Forehead.Outline.Corners, drawn.Corners);
    }

    [Theory]
    [OnSqlite]
    public async Task A_point_moved_past_the_triggers_breaks_the_hash(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SignedAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER TreatedAreas_signed_update");
            await db.Database.ExecuteSqlRawAsync("UPDATE TreatedAreas SET Sites = '[]'");
        });

        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    [Theory]
    [OnSqlite]
    public async Task A_record_signed_before_there_were_points_still_verifies_and_takes_none_afterwards(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        Assert.True((await scene.TrySignAsync()).Succeeded);
        await clinic.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER Sessions_signed_update");
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER TreatedAreas_signed_update");
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER CocktailLines_signed_update");
            var session = await db.Sessions.Include(s => s.Areas).Include(s => s.Cocktail).Include(s => s.Consent).SingleAsync(s => s.Id == scene.Session);
            (session.AnaestheticCream, session.AssessmentId) = (null, null);
            session.Cocktail.ForEach(line => (line.LabelFreeOf, line.CompositionVerified) = (null, null));
            session.ContentHash = FirstForm.HashOf(session, await db.Assessments.Where(a => a.SessionId == session.Id).Select(a => a.Id).ToListAsync());
            await db.SaveChangesAsync();
        });

        Assert.True((await ReadAsync(scene)).HashHolds);
        await clinic.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("""UPDATE TreatedAreas SET Sites = '[{{"view":"face-front","side":"mid","points":[[0.5,0.2]]}}]' """));
        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    [Theory]
    [OnSqlite]
    public async Task Earlier_maps_are_the_signed_ones_of_the_same_patient_and_only_for_those_who_may_read_the_chart(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SignedAsync(clinic);
        var again = await clinic.InDatabaseAsync(async db =>
        {
            var first = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == scene.Appointment);
            var appointment = new Appointment { PatientId = scene.Patient, PractitionerId = scene.Practitioner, RoomId = first.RoomId, Kind = AppointmentKind.Session, StartUtc = first.StartUtc.AddDays(7), EndUtc = first.EndUtc.AddDays(7), WallStart = first.WallStart.AddDays(7), BookedById = scene.Practitioner, BookedUtc = first.StartUtc };
            var session = new Session { AppointmentId = appointment.Id, PatientId = scene.Patient, PractitionerId = scene.Practitioner, Number = 2, OpenedUtc = appointment.StartUtc };
            db.AddRange(appointment, session);
            await db.SaveChangesAsync();
            return session.Id;
        });
        clinic.Clock.Advance(TimeSpan.FromDays(7));

        var maps = (await clinic.SendAsync(scene.Practitioner, new ListEarlierMaps.Query { SessionId = again })).Value!;

        Assert.Equal((scene.Session, 28, new DateOnly(2026, 6, 1)), (Assert.Single(maps).SessionId, maps[0].Points, maps[0].On));
        Assert.Empty((await clinic.SendAsync(scene.Practitioner, new ListEarlierMaps.Query { SessionId = scene.Session })).Value!);
        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(await clinic.AddCosmetologistAsync(), new ListEarlierMaps.Query { SessionId = again })).Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task However_many_sessions_without_a_map_came_since_the_last_map_is_found(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SignedAsync(clinic);
        var now = await clinic.InDatabaseAsync(async db =>
        {
            var first = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == scene.Appointment);
            var last = Guid.Empty;
            for (var week = 1; week <= 14; week++)
            {
                var start = first.StartUtc.AddDays(7 * week);
                var appointment = new Appointment { PatientId = scene.Patient, PractitionerId = scene.Practitioner, RoomId = first.RoomId, Kind = AppointmentKind.Session, StartUtc = start, EndUtc = start.AddMinutes(30), WallStart = first.WallStart.AddDays(7 * week), BookedById = scene.Practitioner, BookedUtc = first.StartUtc };
                var open = week == 14;
                var session = new Session
                {
                    AppointmentId = appointment.Id, PatientId = scene.Patient, PractitionerId = scene.Practitioner, Number = 1 + week, OpenedUtc = start, Technique = "tech-electroporation",
                    StartedUtc = open ? null : start, EndedUtc = open ? null : start.AddMinutes(20), SignedUtc = open ? null : start.AddMinutes(25), ContentHash = open ? null : new string('0', 64),
                };
                db.AddRange(appointment, session);
                await db.SaveChangesAsync();
                last = session.Id;
            }

            return last;
        });
        clinic.Clock.Advance(TimeSpan.FromDays(7 * 14));

        Assert.Equal(scene.Session, Assert.Single((await clinic.SendAsync(scene.Practitioner, new ListEarlierMaps.Query { SessionId = now })).Value!).SessionId);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Areas_without_points_beside_one_with_them_are_named_and_signed_all_the_same(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Areas = ["forehead", "cheeks", "neck"]);
        await scene.SignConsentAsync();
        await scene.StartAsync();
        Assert.DoesNotContain(await GapsAsync(scene), gap => gap.What.StartsWith("Points", StringComparison.Ordinal));

        await scene.SaveAsync(draft => draft.Sites = [Nappage(28, ml: 0.014m, mm: 1.5m)]);

        Assert.Equal([new("Points: cheeks", false), new("Points: neck", false)], (await GapsAsync(scene)).Where(gap => gap.What.StartsWith("Points", StringComparison.Ordinal)).OrderBy(gap => gap.What, StringComparer.Ordinal));
        Assert.Contains(new("Marked as done: 0 of 28 points", false), await GapsAsync(scene));
        (await scene.TrySignAsync()).Must();
    }

    [Theory]
    [OnSqlite]
    public async Task A_depth_that_nobody_gave_is_named_until_the_record_or_every_mapped_side_has_one(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var gap = new SessionGap("Depth", false);

        Assert.DoesNotContain(gap, await GapsAsync(scene));
        await scene.SaveAsync(draft => draft.DepthMm = null);
        Assert.Contains(gap, await GapsAsync(scene));
        await scene.SaveAsync(draft => draft.Sites = [Nappage(28, ml: 0.014m, mm: null)]);
        Assert.Contains(gap, await GapsAsync(scene));
        await scene.SaveAsync(draft => draft.Sites = [Nappage(28, ml: 0.014m, mm: 1.5m)]);
        Assert.DoesNotContain(gap, await GapsAsync(scene));
        await scene.SaveAsync(draft => (draft.Technique, draft.Sites) = ("alt-electroporation", []));
        Assert.DoesNotContain(gap, await GapsAsync(scene));
    }

    [Theory]
    [InlineData("tech-nappage", null)]
    [InlineData("tech-linear", "points")]
    [InlineData("tech-mesopuncture", null)]
    public async Task Points_of_another_kind_of_technique_are_named_and_kept(string technique, string? marks)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);

        await scene.SaveAsync(draft => (draft.Technique, draft.Sites) = (technique, [Nappage(28, ml: 0.014m, mm: 1.5m)]));

        Assert.Equal(marks is null ? [] : [$"Layout for {TestClinic.Book.Value.TitleOf(technique).ToLowerInvariant()} (the map shows {marks})"], (await GapsAsync(scene)).Where(gap => gap.What.Contains("the map", StringComparison.Ordinal)).Select(gap => gap.What));
        Assert.Equal("channels", MapCheck.Misfit("tech-papular", Laid(Forehead, LayoutPattern.Lines, 4, 12)));
        Assert.Null(MapCheck.Misfit("tech-linear-mesh", Laid(Forehead, LayoutPattern.Lines, 4, 12)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.9, true)]
    [InlineData(1, false)]
    public async Task A_channel_shorter_than_a_millimetre_is_refused(double mm, bool refused)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        var at = PointLayout.ByCount(Forehead, LayoutPattern.Square, 1).Marks[0].At;
        var site = Nappage(1, ml: 0.014m, mm: 1.5m);
        site.Points = [InjectionPoint.Of(new Mark(at, at + new MapPoint(mm, 0)), Forehead.View)];

        var saved = await scene.TrySaveAsync(draft => (draft.Technique, draft.Sites) = ("tech-linear", [site]));

        Assert.Equal(refused ? "Forehead: a channel is shorter than 1 mm. Take it away, and place its end further on." : null, (saved.Failure as Failure.Invalid)?.Errors["Sites[0].Points"][0]);
    }

    /// <summary>What the layouts make is never refused, however short the channel that was wished.</summary>
    [Fact]
    public void The_shortest_channels_that_are_laid_out_are_long_enough_as_they_are_kept() =>
        Assert.All(BodyView.All.SelectMany(view => view.Shapes), shape => Assert.DoesNotContain(PointLayout.BySpacing(shape, LayoutPattern.Lines, 12, 1).Marks, mark => InjectionPoint.Of(mark, shape.View).On(shape.View).IsTooShort));

    private static async Task<SessionScene> SignedAsync(TestClinic clinic)
    {
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Sites = [Nappage(28, ml: 0.014m, mm: 1.5m)]);
        await scene.StartAsync();
        Assert.True((await scene.TrySignAsync()).Succeeded);
        return scene;
    }

    private static async Task<GetSession.Record> ReadAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Value!;

    private static async Task<IReadOnlyList<SessionGap>> GapsAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Gaps;

    private static string Path(Outcome<Guid> outcome) => Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors).Key;

    internal static SaveSessionDraft.Site Nappage(int count, decimal? ml, decimal? mm, bool done = false) =>
        new() { View = "face-front", Area = "forehead", Side = "mid", VolumePerPointMl = ml, DepthMm = mm, Done = done, Points = Laid(Forehead, LayoutPattern.Staggered, count) };

    private static List<InjectionPoint> Laid(AreaShape shape, LayoutPattern pattern, int count, double? channel = null) =>
        [.. PointLayout.ByCount(shape, pattern, count, channel).Marks.Select(mark => InjectionPoint.Of(mark, shape.View))];
}
