using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>What a patient or guardian has signed, and what the coming appointments still lack.</summary>
public static class GetMyConsents
{
    /// <param name="PatientId">Null: the person's own record.</param>
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid? PatientId = null) : IQuery<View>;

    /// <param name="WhyNot">Why nothing can be signed on this page now; null when it can.</param>
    public sealed record View(Guid PatientId, IReadOnlyList<OwnPerson> People, string? WhyNot, IReadOnlyList<ToSign> Lacking, IReadOnlyList<ConsentDocument> Given);

    /// <param name="Start">On the clinic's wall clock; null for photos.</param>
    public sealed record ToSign(ConsentKind Kind, Guid? AppointmentId, DateTime? Start, string About, bool MaySign);

    internal sealed class Handler(ClinicDbContext db, OwnPatient own, MySignature signing, ConsentReader reader) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var (id, refusal) = await own.FindAsync(query.PatientId, nameof(GetMyConsents), token);
            if (refusal is not null)
            {
                return refusal;
            }

            var signer = await signing.WhoAsync(id, token);
            var explained = await signing.WasExplainedAsync(id, token);
            var lacking = (await signing.LackingAsync(signer.Patient, token))
                .ConvertAll(l => new ToSign(l.Subject.Kind, l.AppointmentId, l.Start, reader.About(l.Subject), signer.Name is not null && (explained || l.Subject.Kind == ConsentKind.Photos)));
            return new View(
                id,
                await own.OthersAsync(id, token),
                signer.WhyNot ?? (!explained && lacking.Exists(l => !l.MaySign) ? "You sign for a treatment after your consultation, when it has been explained to you." : null),
                lacking,
                await reader.OfAsync(db.Consents.Where(c => c.PatientId == id), token));
        }
    }
}
