using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>A session's record: the draft in work, or what was signed and whether it is still what was signed.</summary>
public static class GetSession
{
    private const string AllergyList = "allergies";

    [Requires(Permission.OpenCharts)]
    public sealed class Query : IQuery<Record>
    {
        public Guid SessionId { get; set; }
    }

    /// <summary>Times are on the clinic's wall clock. Allergies, birth date and age of a signed record are those that it was judged with.</summary>
    public sealed record Record
    {
        public required Guid Id { get; init; }
        public required Guid AppointmentId { get; init; }
        public required Guid PatientId { get; init; }
        public required string PatientName { get; init; }
        public required DateOnly BirthDate { get; init; }
        public required int Age { get; init; }

        /// <summary>Allergens (alg-…).</summary>
        public required IReadOnlyList<string> Allergies { get; init; }

        /// <summary>When the list of allergies was last gone through; null = never. A signed record keeps only whether it counted.</summary>
        public DateOnly? AllergiesReviewedOn { get; init; }

        /// <summary>That review still counts today, or counted when it was signed.</summary>
        public required bool AllergiesHold { get; init; }
        public required string Practitioner { get; init; }
        public required bool IsMine { get; init; }
        public required string Room { get; init; }
        public required int Number { get; init; }

        /// <summary>What stands in the recorder, ready to be changed and saved.</summary>
        public required SaveSessionDraft.Command Draft { get; init; }
        public required IReadOnlyList<LineView> Lines { get; init; }

        /// <summary>The tube that the anaesthetic cream came from; null = no cream, or not noted.</summary>
        public TubeView? Tube { get; init; }

        /// <summary>Tubes that the record named before, and that may not be used any more: the cream may have been on the skin.</summary>
        public IReadOnlyList<TubeView> ReplacedTubes { get; init; } = [];
        public required DateTime OpenedAt { get; init; }
        public DateTime? StartedAt { get; init; }
        public DateTime? StartedUtc { get; init; }
        public DateTime? EndedUtc { get; init; }
        public DateTime? EndedAt { get; init; }

        /// <summary>Of a stopped record: what counts as the end while nobody notes it.</summary>
        public DateTime? AssumedEndUtc { get; init; }

        /// <summary>Nobody noted it.</summary>
        public bool EndIsAssumed { get; init; }
        public DateTime? SignedAt { get; init; }
        public DateTime? AbortedAt { get; init; }
        public string? AbortReason { get; init; }

        /// <summary>Who stopped it in the practitioner's place; null = the practitioner.</summary>
        public string? StoppedBy { get; init; }

        /// <summary>Who signed it in the practitioner's place; null = the practitioner.</summary>
        public string? SignedBy { get; init; }

        /// <summary>From when on somebody else may sign what was stopped.</summary>
        public DateTime? SignInPlaceFrom { get; init; }
        public bool MaySignInPlace { get; init; }
        public string? ContentHash { get; init; }

        /// <summary>Whether the record, and what was added to it, still have the hashes that they were signed with.</summary>
        public bool? HashHolds { get; init; }
        public ConsentView? Consent { get; init; }
        public ConsentView? AnaestheticConsent { get; init; }

        /// <summary>Those on which the injections went on when these no longer covered all of it, in their order.</summary>
        public required IReadOnlyList<LaterConsentView> LaterConsents { get; init; }

        /// <summary>The assessment with which the injections began or went on last.</summary>
        public PermitView? Permitting { get; init; }

        /// <summary>Every override given for this appointment.</summary>
        public required IReadOnlyList<OverrideView> Overrides { get; init; }
        public required IReadOnlyList<AddendumView> Addenda { get; init; }

        public bool IsOpen => SignedAt is null && (AbortedAt is null || StartedAt is not null);
    }

    /// <param name="At">When it was made.</param>
    /// <param name="Overridden">Rules against which a physician had decided in it.</param>
    public sealed record PermitView(Assessment Assessment, DateTime At, IReadOnlyList<string> Overridden);

    /// <param name="EnteredAt">When it was entered although it had been used already.</param>
    /// <param name="Against">What the rule book said of the record at that moment, where it did not permit it.</param>
    /// <param name="RecalledAt">Since when the lot is recalled, also if that came after the signature; no part of what was signed.</param>
    public sealed record LineView(
        Guid LotId, string Product, string Lot, DateOnly ExpiresOn, decimal VolumeMl, int Ampoules, IReadOnlyList<ProductIngredient> Ingredients, string? Mistake, DateTime? EnteredAt = null, IReadOnlyList<string>? Against = null, DateTime? RecalledAt = null);

    /// <param name="IsRecalled">The same, of a cream.</param>
    /// <param name="EnteredAt">When, after it had been used; null = before the injections.</param>
    /// <param name="Against">What stood against it then.</param>
    public sealed record TubeView(string Product, string Lot, DateOnly ExpiresOn, bool IsRecalled = false, DateTime? EnteredAt = null, IReadOnlyList<string>? Against = null);

    /// <param name="Signature">The drawn strokes; null = the typed name is the signature.</param>
    /// <param name="Witness">Null: signed at home.</param>
    public sealed record ConsentView(Guid Id, string Text, string SignedName, bool ByGuardian, DateTime SignedAt, string? Witness, DateTime? WithdrawnAt, string? Signature = null);

    /// <param name="Since">When the first change that rests on it was accepted.</param>
    public sealed record LaterConsentView(ConsentView Consent, ConsentKind Kind, DateTime Since);

    /// <param name="Lot">Product and lot that it names; null = none.</param>
    /// <param name="Holds">Whether it still is what was added; null: older than that question.</param>
    public sealed record AddendumView(string By, DateTime At, string Reason, string Text, string? Lot, bool? Holds = null);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, SessionReview review, OverrideViews overrides, RuleBook book) : IRequestHandler<Query, Outcome<Record>>
    {
        public async Task<Outcome<Record>> Handle(Query query, CancellationToken token)
        {
            if (await review.LoadAsync(query.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Session record", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            var (zone, patient, used) = (await time.ZoneAsync(token), session.Patient!, await UsedOverridesAsync(session.AppointmentId, token));
            var assessments = await db.Assessments.AsNoTracking().Where(a => a.SessionId == session.Id).OrderByDescending(a => a.AtUtc).ToListAsync(token);
            var permitting = Permitting(session, assessments, used);
            var (person, addenda) = (await PersonAsync(patient, session.IsSigned ? permitting?.Facts : null, token), await AddendaAsync(session, Wall, token));
            return new Record
            {
                Id = session.Id,
                AppointmentId = session.AppointmentId,
                PatientId = patient.Id,
                PatientName = patient.FullName,
                BirthDate = person.BirthDate,
                Age = person.Age,
                Allergies = person.Allergies,
                AllergiesReviewedOn = person.ReviewedOn,
                AllergiesHold = person.Hold,
                Practitioner = await db.Staff.Where(s => s.Id == session.PractitionerId).Select(s => s.Name).SingleAsync(token),
                IsMine = session.PractitionerId == user.Id,
                Room = await db.Rooms.Where(r => r.Id == session.Appointment!.RoomId).Select(r => r.Name).SingleAsync(token),
                Number = session.Number,
                Draft = DraftOf(session, session.EndIsAssumed ? null : Wall(session.EndedUtc)),
                Lines = LinesOf(session, assessments, Wall),
                Tube = session.CreamLot is { } tube ? new TubeView(session.IsSigned ? session.CreamName : tube.Product!.Name, tube.Number, tube.ExpiresOn, tube.RecalledUtc is not null) : null,
                ReplacedTubes = await ReplacedTubesAsync(session, assessments, Wall, token),
                OpenedAt = Wall(session.OpenedUtc)!.Value,
                StartedAt = Wall(session.StartedUtc),
                StartedUtc = session.StartedUtc,
                EndedUtc = session.EndedUtc,
                EndedAt = Wall(session.EndedUtc),
                AssumedEndUtc = session.AssumedEndUtc,
                EndIsAssumed = session.EndIsAssumed,
                SignedAt = Wall(session.SignedUtc),
                AbortedAt = Wall(session.AbortedUtc),
                AbortReason = session.IsAborted ? session.AbortReason : null,
                StoppedBy = await NameAsync(session.StoppedById, token),
                SignedBy = await NameAsync(session.SignedById, token),
                SignInPlaceFrom = Wall(session.AbortedUtc + SessionStates.OwnSignature),
                MaySignInPlace = SessionStates.RefuseSignature(session, user, session.Version, time.UtcNow) is null && session.StartedUtc is not null && session.PractitionerId != user.Id,
                ContentHash = session.ContentHash,
                HashHolds = session.IsSigned ? SessionContent.Holds(session, await SessionParts.OfAsync(db, session, token)) && addenda.TrueForAll(a => a.Holds != false) : null,
                Consent = await ConsentAsync(session.Consent, Wall, token),
                AnaestheticConsent = await ConsentAsync(session.AnaestheticConsent, Wall, token),
                LaterConsents = await LaterConsentsAsync(session, Wall, token),
                Permitting = permitting is null ? null : new PermitView(permitting.Result, Wall(permitting.AtUtc)!.Value, used.GetValueOrDefault(permitting.Id, [])),
                Overrides = await overrides.OfAsync(db.Overrides.Where(o => o.AppointmentId == session.AppointmentId), null, token),
                Addenda = addenda,
            };

            DateTime? Wall(DateTime? utc) => utc is { } at ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc), zone) : null;
        }

        /// <param name="kept">What a signed record was judged with; null = as the chart knows the patient now.</param>
        private async Task<(DateOnly BirthDate, int Age, IReadOnlyList<string> Allergies, DateOnly? ReviewedOn, bool Hold)> PersonAsync(Patient patient, AssessmentRequest? kept, CancellationToken token)
        {
            // In a complete history a list that is not there is empty (decision 10).
            if (kept is { Patient.BirthDate: { } birth } && (kept.Patient.Allergies ?? (kept.HistoryComplete ? [] : null)) is { } allergies)
            {
                return (birth, Ages.On(kept.Date, birth), allergies, null, !kept.Patient.IncompleteLists.Contains(AllergyList, StringComparer.Ordinal));
            }

            var today = await time.TodayAsync(token);
            return (
                patient.BirthDate, patient.AgeOn(today), await db.Patients.Where(p => p.Id == patient.Id).SelectMany(p => p.Allergies).Select(a => a.Allergen).ToListAsync(token),
                patient.AllergiesReviewedOn, FactsOf.IsReviewed(patient, book.Knowledge.Questions.Lists.Single(list => list.Id == AllergyList), today));
        }

        private static List<LineView> LinesOf(Session session, List<StoredAssessment> newestFirst, Func<DateTime?, DateTime?> wall) => session.Cocktail.ConvertAll(l => new LineView(
            l.LotId, session.IsSigned ? l.ProductName : l.Lot!.Product!.Name, session.IsSigned ? l.LotNumber : l.Lot!.Number,
            l.LotExpiresOn ?? l.Lot!.ExpiresOn, l.VolumeMl, l.Ampoules, session.IsSigned ? l.Ingredients : l.Lot!.Product!.Ingredients, l.Mistake,
            wall(l.EnteredUtc), l.EnteredUtc is { } entered ? Against(newestFirst.FindLast(a => a.AtUtc >= entered)) : null, wall(l.Lot!.RecalledUtc)));

        private static List<string> Against(StoredAssessment? then) =>
            then is null ? ["its assessment was not kept"]
            : then.Decision <= Decision.AllowWithCaution ? []
            : [.. then.Result.Findings.Where(f => f.Action > Decision.AllowWithCaution).Select(f => f.Title).DefaultIfEmpty("facts that matter were unknown")];

        private async Task<List<TubeView>> ReplacedTubesAsync(Session session, List<StoredAssessment> newestFirst, Func<DateTime?, DateTime?> wall, CancellationToken token)
        {
            var tubes = await db.ReplacedTubes.AsNoTracking().Where(t => t.SessionId == session.Id).OrderBy(t => t.AtUtc)
                .Join(db.Lots, t => t.LotId, lot => lot.Id, (tube, lot) => new
                {
                    tube, lot, lot.Product!.Name,
                    WasRecalled = db.LotRecalls.Any(recall => recall.LotId == lot.Id && recall.RecalledUtc <= tube.AtUtc && (recall.LiftedUtc == null || recall.LiftedUtc > tube.AtUtc)),
                }).ToListAsync(token);
            return tubes.ConvertAll(kept =>
            {
                var view = new TubeView(kept.tube.ProductName.Length == 0 ? kept.Name : kept.tube.ProductName, kept.lot.Number, kept.lot.ExpiresOn, kept.lot.RecalledUtc is not null);
                if (kept.tube.AtUtc < session.StartedUtc || session.StartedUtc is null)
                {
                    return view;
                }

                // The rule book judges the lots of the cocktail; that of a tube is looked at here.
                var at = wall(kept.tube.AtUtc)!.Value;
                List<string> lot = [.. kept.WasRecalled ? ["its lot was recalled"] : Array.Empty<string>(), .. kept.lot.ExpiresOn < DateOnly.FromDateTime(at) ? ["it had expired"] : Array.Empty<string>()];
                return view with { EnteredAt = at, Against = [.. lot, .. Against(newestFirst.FindLast(a => a.AtUtc >= kept.tube.AtUtc))] };
            });
        }

        private async Task<string?> NameAsync(Guid? id, CancellationToken token) => id is null ? null : await db.Staff.Where(s => s.Id == id).Select(s => s.Name).SingleAsync(token);

        /// <summary>Records older than the link have kept only what was judged: of that, the newest which permitted it.</summary>
        private static StoredAssessment? Permitting(Session session, List<StoredAssessment> assessments, Dictionary<Guid, List<string>> used) =>
            session.StartedUtc is null ? null
            : session.AssessmentId is { } id ? assessments.Find(a => a.Id == id)
            : assessments.Find(a => a.Result.DecisionWith(used.GetValueOrDefault(a.Id, [])) <= Decision.AllowWithCaution);

        /// <summary>By assessment: the rules that were overridden in it.</summary>
        private async Task<Dictionary<Guid, List<string>>> UsedOverridesAsync(Guid appointmentId, CancellationToken token)
        {
            var uses = await db.Overrides.Where(o => o.AppointmentId == appointmentId).Join(db.OverrideUses, o => o.Id, use => use.OverrideId, (o, use) => new { use.AssessmentId, o.Rule }).ToListAsync(token);
            return uses.GroupBy(use => use.AssessmentId).ToDictionary(group => group.Key, group => group.Select(use => use.Rule).ToList());
        }

        private async Task<ConsentView?> ConsentAsync(Consent? consent, Func<DateTime?, DateTime?> wall, CancellationToken token) => consent is null ? null : new ConsentView(
            consent.Id, consent.Text, consent.SignedName, consent.SignedByGuardian, wall(consent.SignedUtc)!.Value,
            await db.Staff.Where(s => s.Id == consent.WitnessId).Select(s => s.Name).SingleOrDefaultAsync(token), wall(consent.WithdrawnUtc), consent.Signature);

        private async Task<List<LaterConsentView>> LaterConsentsAsync(Session session, Func<DateTime?, DateTime?> wall, CancellationToken token)
        {
            var views = new List<LaterConsentView>();
            foreach (var consent in await SessionParts.LaterConsentsAsync(db, session, token))
            {
                views.Add(new LaterConsentView((await ConsentAsync(consent, wall, token))!, consent.Kind, wall(session.LaterConsents.First(later => later.ConsentId == consent.Id).SinceUtc)!.Value));
            }

            return views;
        }

        private async Task<List<AddendumView>> AddendaAsync(Session session, Func<DateTime?, DateTime?> wall, CancellationToken token)
        {
            var addenda = await db.Set<Addendum>().AsNoTracking().Where(a => a.SessionId == session.Id).OrderBy(a => a.AtUtc)
                .Select(a => new { Added = a, By = db.Staff.Where(s => s.Id == a.ById).Select(s => s.Name).Single(), Lot = db.Lots.Where(l => l.Id == a.LotId).Select(l => l.Product!.Name + ", lot " + l.Number).SingleOrDefault() })
                .ToListAsync(token);
            return addenda.ConvertAll(a => new AddendumView(a.By, wall(a.Added.AtUtc)!.Value, a.Added.Reason, a.Added.Text, a.Lot, AddendumContent.Holds(a.Added, session)));
        }

        private static SaveSessionDraft.Command DraftOf(Session s, DateTime? ended) => new()
        {
            SessionId = s.Id,
            Version = s.Version,
            Indication = s.Indication,
            Areas = s.Areas.ConvertAll(a => a.Area),
            Technique = s.Technique,
            Administration = s.Administration,
            NeedleOuterDiameterMm = s.NeedleOuterDiameterMm,
            DepthMm = s.DepthMm,
            VolumePerInjectionMl = s.VolumePerInjectionMl,
            Points = s.Points,
            Sites = [.. s.Areas.SelectMany(area => area.Sites.Select(site => SaveSessionDraft.Site.Of(area.Area, site)))],
            InjectionSpeed = s.InjectionSpeed,
            Lines = s.Cocktail.ConvertAll(l => new SaveSessionDraft.Line { LotId = l.LotId, VolumeMl = l.VolumeMl == 0 ? null : l.VolumeMl, Ampoules = l.Ampoules, SealedAmpoules = s.NewSealedAmpoules ? l.Ampoules : 0, Mistake = l.Mistake, IsBegun = l.IsBegun }),
            PainScore = s.PainScore,
            AnaestheticCream = s.AnaestheticCream,
            CreamLotId = s.CreamLotId,
            CreamTubeEmpty = s.CreamTubeEmpty,
            ObservedMinutes = s.ObservedMinutes,
            EndedAt = ended is { } wall ? new TimeOnly(wall.Hour, wall.Minute) : null,
            Reactions = [.. s.Reactions.Select(r => new SaveSessionDraft.Reaction { AtUtc = r.AtUtc, Complication = r.Complication, Text = r.Text, Action = r.Action })],
            StepsLeftOut = s.StepsLeftOut,
            StopReason = s.IsAborted ? "" : s.AbortReason ?? "",
            AsepsisDone = [.. s.AsepsisDone],
            Acknowledged = [.. s.Acknowledged],
            Notes = s.Notes,
        };
    }
}
